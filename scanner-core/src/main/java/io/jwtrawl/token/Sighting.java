package io.jwtrawl.token;

import io.jwtrawl.source.Position;
import io.jwtrawl.source.Provenance;
import java.time.Instant;
import java.util.Optional;

/// A token, and one place where it was seen.
///
/// @param position where in the innermost carrier that has offsets
/// @param since since when it has been lying there, as far as that is known
public record Sighting(
        Token token, Provenance provenance, Position position, Optional<Instant> since) {}
