package io.jwtrawl.classify;

import java.time.Duration;

/// Durations in words, to the unit that matters.
public final class Durations {

    private Durations() {}

    /// Such as `3 days`, `1 hour`, `20 seconds`; the sign is dropped.
    public static String inWords(Duration duration) {
        Duration size = duration.abs();
        if (size.toDays() >= 730) {
            return count(size.toDays() / 365, "year");
        }
        if (size.toHours() >= 48) {
            return count(size.toDays(), "day");
        }
        if (size.toMinutes() >= 120) {
            return count(size.toHours(), "hour");
        }
        if (size.toSeconds() >= 120) {
            return count(size.toMinutes(), "minute");
        }
        return count(size.toSeconds(), "second");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
