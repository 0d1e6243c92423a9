package io.jwtrawl.source;

import java.time.Instant;
import java.util.Optional;

/// A message that people sent each other.
///
/// @param sent when, as far as its file says that; not checked yet
public record Message(Medium medium, Optional<Instant> sent) {

    /// How it was sent.
    public enum Medium {
        MAIL,
        CHAT
    }
}
