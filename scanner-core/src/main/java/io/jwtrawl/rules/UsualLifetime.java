package io.jwtrawl.rules;

import java.time.Duration;
import java.util.Optional;

/// How long a provider's tokens usually work, as it says itself.
///
/// @param usual a duration (ISO 8601), [#UNLIMITED], [#CHOSEN] or [#UNKNOWN]
/// @param source the page that says so, if it is another one than that of the family
public record UsualLifetime(String usual, Optional<String> source) {

    /// They never expire unless whoever makes one asks for that.
    public static final String UNLIMITED = "unlimited";

    /// Whoever makes one has to choose.
    public static final String CHOSEN = "chosen";

    /// Nobody says.
    public static final String UNKNOWN = "unknown";

    /// If it is a duration.
    public Optional<Duration> duration() {
        return usual.startsWith("P") ? Optional.of(Duration.parse(usual)) : Optional.empty();
    }
}
