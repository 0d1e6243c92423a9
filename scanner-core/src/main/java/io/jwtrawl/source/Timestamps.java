package io.jwtrawl.source;

import java.time.Instant;
import java.util.Optional;

/// Which times that a file states may be believed: when an archive's member was changed, when a mail was sent.
public final class Timestamps {

    /// No JSON Web Token is older than the year of its first draft, 2010.
    private static final long FIRST_JWT = 1_262_304_000_000L;

    private Timestamps() {}

    /// Whether there were tokens then. Archives that are made to be the same bytes every time say that all in them is of
    /// 1970, 1980 or 1985. Times in the future of a scan are passed over by the scan.
    ///
    /// @param millis since 1970
    public static boolean isBelievable(long millis) {
        return millis >= FIRST_JWT;
    }

    /// The earlier of two times, as far as they are known: what lies in something was there before that was last changed.
    public static Optional<Instant> earlier(Optional<Instant> a, Optional<Instant> b) {
        return a.isEmpty() || (b.isPresent() && b.get().isBefore(a.get())) ? b : a;
    }
}
