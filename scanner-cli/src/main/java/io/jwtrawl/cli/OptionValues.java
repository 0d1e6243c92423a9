package io.jwtrawl.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;

/// The values of options, as what they stand for.
///
/// @param line what was given
record OptionValues(CommandLine line) {

    /// Fewer than 64 MB Java cannot start with; with more than 31 GB it starts slowly.
    private static final class Memory {
        static final Pattern SIZE =
                Pattern.compile(
                        "(6[4-9]|[7-9][0-9]|[1-9][0-9]{2,3}|[12][0-9]{4}|3[01][0-9]{3})[mM]"
                                + "|([1-9]|[12][0-9]|3[01])[gG]");
    }

    static Option flag(String name, String description) {
        return Option.builder().longOpt(name).desc(description).get();
    }

    static Option option(String name, String value, String description) {
        return Option.builder().longOpt(name).hasArg().argName(value).desc(description).get();
    }

    boolean has(String option) {
        return line.hasOption(option);
    }

    List<String> all(String option) {
        String[] values = line.getOptionValues(option);
        return values == null ? List.of() : List.of(values);
    }

    /// The value of an option that may be given once.
    private <T> Optional<T> value(String option, Function<String, T> reading) {
        List<String> values = all(option);
        if (values.size() > 1) {
            throw new UsageException("--" + option + ": given twice");
        }
        return values.stream()
                .findFirst()
                .map(text -> {
                    try {
                        return reading.apply(text);
                    } catch (UsageException e) {
                        throw new UsageException("--" + option + ": " + e.getMessage(), e);
                    }
                });
    }

    Optional<String> text(String option) {
        return value(option, text -> text);
    }

    Optional<Path> path(String option) {
        return value(option, OptionValues::toPath);
    }

    Optional<Integer> number(String option) {
        return value(
                option,
                text -> {
                    try {
                        return Integer.valueOf(text);
                    } catch (NumberFormatException e) {
                        throw new UsageException("'" + text + "' is not a number", e);
                    }
                });
    }

    <E extends Enum<E>> Optional<E> oneOf(String option, Class<E> type) {
        return value(option, text -> constant(text, type));
    }

    Optional<Instant> instant(String option) {
        return value(option, OptionValues::toInstant);
    }

    Optional<Duration> duration(String option) {
        return value(option, OptionValues::toDuration);
    }

    /// A size as the launcher understands it.
    Optional<String> memory(String option) {
        return value(
                option,
                text -> {
                    if (!Memory.SIZE.matcher(text).matches()) {
                        throw new UsageException(
                                "'" + text + "' is not a size from 64m to 31g, such as 512m or 2g");
                    }
                    return text;
                });
    }

    /// A number of bytes.
    Optional<Long> size(String option) {
        return value(option, OptionValues::toSize);
    }

    private static long toSize(String text) {
        Matcher matcher = Pattern.compile("([1-9][0-9]{0,9})([kKmMgGtT]?)").matcher(text);
        if (!matcher.matches()) {
            throw new UsageException("'" + text + "' is not a size such as 500m or 20g");
        }
        return Long.parseLong(matcher.group(1))
                << switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
                    case "k" -> 10;
                    case "m" -> 20;
                    case "g" -> 30;
                    case "t" -> 40;
                    default -> 0;
                };
    }

    static Path toPath(String text) {
        if (text.isEmpty()) {
            throw new UsageException("the name of a file is missing");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("not a path: " + e.getReason(), e);
        }
    }

    static <E extends Enum<E>> E constant(String text, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() ->
                        new UsageException(
                                "expected one of "
                                        + Arrays.stream(type.getEnumConstants())
                                                .map(constant ->
                                                        constant.name().toLowerCase(Locale.ROOT))
                                                .collect(Collectors.joining(", "))
                                        + ", not '"
                                        + text
                                        + "'"));
    }

    private static Instant toInstant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new UsageException(
                    "'" + text + "' is not a moment such as 2026-01-31T00:00:00Z", e);
        }
    }

    private static Duration toDuration(String text) {
        Matcher matcher = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)").matcher(text);
        if (!matcher.matches()) {
            throw new UsageException("'" + text + "' is not a duration such as 90s, 10m or 2h");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
