package io.jwtrawl.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The moments that `--since` takes: RFC 3339, a date, a time span before now in ISO 8601, or as people say it. Without a
/// time zone, UTC is meant.
final class PointInTime {

    private static final Pattern EPOCH = Pattern.compile("@([0-9]{1,12})");
    private static final Pattern AMOUNT =
            Pattern.compile(
                    "([0-9]{1,6}) *(seconds?|s|minutes?|min|months?|m|hours?|h|days?|d|weeks?|w|years?|y)(?![a-z])",
                    Pattern.CASE_INSENSITIVE);

    private PointInTime() {}

    /// @throws UsageException if `text` says no moment
    static Instant parse(String text, Instant now) {
        try {
            return stamp(text)
                    .or(() -> isoSpan(text, now))
                    .or(() -> saidSpan(text, now))
                    .orElseThrow(() -> unknown(text));
        } catch (DateTimeException | ArithmeticException e) {
            throw new UsageException(complaint(text), e);
        }
    }

    private static UsageException unknown(String text) {
        return new UsageException(complaint(text));
    }

    private static String complaint(String text) {
        return "'"
                + text
                + "' is no moment such as 2026-01-31, 2026-01-31T12:00:00Z, P2W or '2 weeks ago'";
    }

    private static Optional<Instant> stamp(String text) {
        Matcher epoch = EPOCH.matcher(text);
        if (epoch.matches()) {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(epoch.group(1))));
        }
        if (!text.matches("[0-9]{4}-.*")) {
            return Optional.empty();
        }
        if (!text.contains(":")) {
            return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
        }
        String joined = text.strip().replaceFirst(" +", "T").replace(" ", "");
        boolean hasZone = joined.matches(".*(Z|z|[+-][0-9]{2}:?[0-9]{2})");
        return Optional.of(
                hasZone
                        ? OffsetDateTime.parse(
                                        joined.replaceFirst("([+-][0-9]{2})([0-9]{2})$", "$1:$2"))
                                .toInstant()
                        : LocalDateTime.parse(joined).toInstant(ZoneOffset.UTC));
    }

    private static Optional<Instant> isoSpan(String text, Instant now) {
        if (!text.startsWith("P")) {
            return Optional.empty();
        }
        int time = text.indexOf('T');
        Period days =
                time == 1 ? Period.ZERO : Period.parse(time < 0 ? text : text.substring(0, time));
        Duration rest = time < 0 ? Duration.ZERO : Duration.parse("P" + text.substring(time));
        return Optional.of(now.atOffset(ZoneOffset.UTC).minus(days).minus(rest).toInstant());
    }

    private static Optional<Instant> saidSpan(String text, Instant now) {
        String words =
                text.strip()
                        .toLowerCase(Locale.ROOT)
                        .replace('.', ' ')
                        .replace(',', ' ')
                        .replaceFirst(" *ago$", "");
        if (words.equals("now")) {
            return Optional.of(now);
        }
        if (words.equals("yesterday")) {
            return Optional.of(now.minus(1, ChronoUnit.DAYS));
        }
        OffsetDateTime moment = now.atOffset(ZoneOffset.UTC);
        Matcher amounts = AMOUNT.matcher(words);
        int end = 0;
        while (amounts.find()) {
            if (!words.substring(end, amounts.start()).isBlank()) {
                return Optional.empty();
            }
            moment = moment.minus(Long.parseLong(amounts.group(1)), unit(amounts.group(2)));
            end = amounts.end();
        }
        return end > 0 && words.substring(end).isBlank()
                ? Optional.of(moment.toInstant())
                : Optional.empty();
    }

    private static ChronoUnit unit(String word) {
        if (word.startsWith("month")) {
            return ChronoUnit.MONTHS;
        }
        return switch (word.charAt(0)) {
            case 's' -> ChronoUnit.SECONDS;
            case 'm' -> ChronoUnit.MINUTES;
            case 'h' -> ChronoUnit.HOURS;
            case 'd' -> ChronoUnit.DAYS;
            case 'w' -> ChronoUnit.WEEKS;
            default -> ChronoUnit.YEARS;
        };
    }
}
