package io.jwtrawl.token;

/// A date that a claim does not hold as RFC 7519, section 2 says. Who reads it otherwise than its issuer meant it may
/// accept the token for longer, or for ever.
///
/// @param claim the name of a registered claim
public record DateOddity(String claim, Kind kind) {

    /// What is odd.
    public enum Kind {
        /// Allowed, but some readers refuse it and some round it.
        FRACTION,
        /// A number or a date in a string.
        TEXT,
        MILLISECONDS,
        MICROSECONDS,
        NANOSECONDS,
        /// Before 1970.
        NEGATIVE,
        /// Too large for any unit; read as the end of the year 9999, or, if negative, as the beginning of the year 1.
        OUT_OF_RANGE,
        /// Neither number nor date; it counts as absent.
        NOT_A_DATE
    }
}
