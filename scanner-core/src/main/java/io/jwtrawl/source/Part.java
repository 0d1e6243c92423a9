package io.jwtrawl.source;

import java.util.Optional;

/// A part of a file.
///
/// @param name what its format calls it; empty if nothing but the message is known
/// @param message what it is a part of
public record Part(String name, Optional<Message> message) {

    /// A part of no message.
    public static Part named(String name) {
        return new Part(name, Optional.empty());
    }
}
