package io.jwtrawl.source;

import java.time.Instant;
import java.util.Optional;

/// Something readable from start to end, and where it was found.
///
/// @param since when it was last changed, if what it lies in says so
public record Blob(Provenance provenance, Content content, Optional<Instant> since) {

    /// What nothing says the age of.
    public Blob(Provenance provenance, Content content) {
        this(provenance, content, Optional.empty());
    }
}
