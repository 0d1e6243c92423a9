package io.jwtrawl.token;

import io.jwtrawl.rules.StorageContext;
import io.jwtrawl.source.Position;
import io.jwtrawl.source.Provenance;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A token, and one place where it was seen.
///
/// @param position where in the innermost carrier that has offsets
/// @param since since when it has been lying there, as far as that is known
/// @param signs what kinds of place the bytes around it tell of
/// @param remark a comment on its line that may let it stay
public record Sighting(
        Token token,
        Provenance provenance,
        Position position,
        Optional<Instant> since,
        Set<StorageContext> signs,
        Optional<Remark> remark) {

    /// One whose surroundings tell nothing.
    public Sighting(
            Token token, Provenance provenance, Position position, Optional<Instant> since) {
        this(token, provenance, position, since, Set.of(), Optional.empty());
    }

    /// The same, with more known of its place.
    public Sighting at(Provenance place, Optional<Instant> begin) {
        return new Sighting(token, place, position, begin, signs, remark);
    }

    /// The same, with its position known.
    public Sighting at(Position place) {
        return new Sighting(token, provenance, place, since, signs, remark);
    }
}
