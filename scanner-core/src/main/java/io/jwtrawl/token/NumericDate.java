package io.jwtrawl.token;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// NumericDate of RFC 7519, section 2: seconds since 1970, read as issuers write it, with what is odd about it.
///
/// Besides integers, fractions and numbers in strings are read, dates as text (RFC 3339), and values too large for
/// seconds as milliseconds, microseconds or nanoseconds: no JWT was issued before 1998, so what would be an earlier date
/// in a smaller unit was meant in the larger one. That leaves 253402300799, the end of the year 9999, in seconds.
///
/// @param instant within the years 1 to 9999, which RFC 3339 can write; absent if `odd` has [DateOddity.Kind#NOT_A_DATE]
record NumericDate(Optional<Instant> instant, Set<DateOddity.Kind> odd) {

    static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private static final NumericDate NONE = new NumericDate(Optional.empty(), Set.of());

    /// Units, from the smallest on: what is this large and more, up to the next, is in this one.
    private static final BigDecimal MILLISECONDS_FROM = BigDecimal.valueOf(900_000_000_000L);

    private static final BigDecimal MICROSECONDS_FROM = BigDecimal.valueOf(900_000_000_000_000L);
    private static final BigDecimal NANOSECONDS_FROM = BigDecimal.valueOf(900_000_000_000_000_000L);
    private static final BigDecimal BEYOND = BigDecimal.valueOf(9_000_000_000_000_000_000L);

    private static final int MAX_TEXT = 40;

    static NumericDate of(JsonNode value) {
        if (value.isMissingNode()) {
            return NONE;
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return of(value.longValue());
        }
        if (value.isNumber()) {
            return of(value.decimalValue(), EnumSet.noneOf(DateOddity.Kind.class));
        }
        return value.isString()
                ? ofText(value.stringValue().strip())
                : new NumericDate(Optional.empty(), EnumSet.of(DateOddity.Kind.NOT_A_DATE));
    }

    /// The usual case, without a detour over BigDecimal.
    private static NumericDate of(long seconds) {
        return seconds >= 0 && seconds < LATEST.getEpochSecond()
                ? new NumericDate(Optional.of(Instant.ofEpochSecond(seconds)), Set.of())
                : of(BigDecimal.valueOf(seconds), EnumSet.noneOf(DateOddity.Kind.class));
    }

    private static NumericDate ofText(String text) {
        EnumSet<DateOddity.Kind> odd = EnumSet.of(DateOddity.Kind.TEXT);
        if (text.length() <= MAX_TEXT) {
            try {
                return of(new BigDecimal(text), odd);
            } catch (NumberFormatException e) {
                try {
                    return new NumericDate(
                            Optional.of(clamped(OffsetDateTime.parse(text).toInstant())), odd);
                } catch (DateTimeException notThatEither) {
                    // told below
                }
            }
        }
        return new NumericDate(Optional.empty(), EnumSet.of(DateOddity.Kind.NOT_A_DATE));
    }

    private static NumericDate of(BigDecimal number, EnumSet<DateOddity.Kind> odd) {
        if (number.signum() < 0) {
            odd.add(DateOddity.Kind.NEGATIVE);
        }
        // Comparisons look at the exponent first: 1e999999999 costs nothing.
        BigDecimal size = number.abs();
        if (size.compareTo(BEYOND) >= 0) {
            odd.add(DateOddity.Kind.OUT_OF_RANGE);
            return new NumericDate(Optional.of(number.signum() < 0 ? EARLIEST : LATEST), odd);
        }
        int shift = 0;
        if (size.compareTo(NANOSECONDS_FROM) >= 0) {
            odd.add(DateOddity.Kind.NANOSECONDS);
            shift = 9;
        } else if (size.compareTo(MICROSECONDS_FROM) >= 0) {
            odd.add(DateOddity.Kind.MICROSECONDS);
            shift = 6;
        } else if (size.compareTo(MILLISECONDS_FROM) >= 0) {
            odd.add(DateOddity.Kind.MILLISECONDS);
            shift = 3;
        }
        // 1e-999999999 is not written out: whatever is smaller than a second has no second.
        long seconds = number.precision() - number.scale() <= 0 ? 0 : floor(number, shift);
        if (shift == 0 && number.scale() > 0 && hasFraction(number)) {
            odd.add(DateOddity.Kind.FRACTION);
        }
        return new NumericDate(Optional.of(clamped(Instant.ofEpochSecond(seconds))), odd);
    }

    private static long floor(BigDecimal number, int shift) {
        return number.movePointLeft(shift).setScale(0, RoundingMode.FLOOR).longValue();
    }

    private static boolean hasFraction(BigDecimal number) {
        return number.precision() - number.scale() <= 0
                ? number.signum() != 0
                : number.setScale(0, RoundingMode.FLOOR).compareTo(number) != 0;
    }

    private static Instant clamped(Instant instant) {
        return instant.isAfter(LATEST) ? LATEST : instant.isBefore(EARLIEST) ? EARLIEST : instant;
    }
}
