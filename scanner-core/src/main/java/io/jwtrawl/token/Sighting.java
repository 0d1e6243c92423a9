package io.jwtrawl.token;

import io.jwtrawl.rules.StorageContext;
import io.jwtrawl.source.Message;
import io.jwtrawl.source.Position;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.source.Timestamps;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// A token, and one place where it was seen.
///
/// @param position where in the innermost carrier that has offsets
/// @param part what the format of that carrier calls the place, as far as that is known; safe to print
/// @param since since when it has been lying there, as far as that is known
/// @param signs what kinds of place the bytes around it tell of
/// @param remark a comment on its line that may let it stay
public record Sighting(
        Token token,
        Provenance provenance,
        Position position,
        Optional<String> part,
        Optional<Instant> since,
        Set<StorageContext> signs,
        Optional<Remark> remark) {

    /// One whose surroundings tell nothing.
    public Sighting(
            Token token, Provenance provenance, Position position, Optional<Instant> since) {
        this(token, provenance, position, Optional.empty(), since, Set.of(), Optional.empty());
    }

    /// The same, with more known of its place.
    public Sighting at(Provenance place, Optional<Instant> begin) {
        return new Sighting(token, place, position, part, begin, signs, remark);
    }

    /// The same, with its position known.
    public Sighting at(Position place) {
        return new Sighting(token, provenance, place, part, since, signs, remark);
    }

    /// The same, known to stand in a message: at least since that was sent it has been lying there.
    public Sighting in(Message message) {
        Set<StorageContext> seen = EnumSet.of(contextOf(message.medium()));
        seen.addAll(signs);
        Optional<Instant> sent =
                message.sent().filter(time -> Timestamps.isBelievable(time.toEpochMilli()));
        return new Sighting(
                token, provenance, position, part, Timestamps.earlier(since, sent), seen, remark);
    }

    private static StorageContext contextOf(Message.Medium medium) {
        return switch (medium) {
            case MAIL -> StorageContext.MAIL;
            case CHAT -> StorageContext.CHAT;
        };
    }

    /// The same, with the part of its carrier known.
    public Sighting in(String name) {
        return new Sighting(token, provenance, position, Optional.of(name), since, signs, remark);
    }
}
