package io.jwtrawl.reports;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// Instants as RFC 3339 has them, in UTC, to the second. The library's own formatter takes milliseconds to get going.
final class Rfc3339 {

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Rfc3339() {}

    static String of(Instant instant) {
        if (instant.isBefore(FIRST) || !instant.isBefore(END)) {
            return instant.truncatedTo(ChronoUnit.SECONDS).toString();
        }
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
        var text = new StringBuilder(20);
        digits(text, time.getYear() / 100);
        digits(text, time.getYear() % 100);
        digits(text.append('-'), time.getMonthValue());
        digits(text.append('-'), time.getDayOfMonth());
        digits(text.append('T'), time.getHour());
        digits(text.append(':'), time.getMinute());
        digits(text.append(':'), time.getSecond());
        return text.append('Z').toString();
    }

    private static void digits(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
