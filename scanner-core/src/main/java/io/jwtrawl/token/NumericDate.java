package io.jwtrawl.token;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// NumericDate of RFC 7519, section 2: seconds since 1970, read as issuers write it.
///
/// Besides numbers, numbers in strings are read, and values too large for seconds as milliseconds or microseconds.
final class NumericDate {

    /// The year 5138 in seconds, and 1973 in milliseconds: what is larger was not meant as seconds.
    private static final BigDecimal SECONDS_BELOW = BigDecimal.valueOf(100_000_000_000L);

    private static final BigDecimal MILLISECONDS_BELOW = BigDecimal.valueOf(100_000_000_000_000L);
    private static final BigDecimal MICROSECONDS_BELOW =
            BigDecimal.valueOf(100_000_000_000_000_000L);
    private static final int MAX_DIGITS = 40;

    private NumericDate() {}

    static Optional<Instant> of(JsonNode value) {
        if (value.isNumber()) {
            return of(value.decimalValue());
        }
        if (value.isString() && value.stringValue().length() <= MAX_DIGITS) {
            try {
                return of(new BigDecimal(value.stringValue().strip()));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> of(BigDecimal number) {
        // The comparison looks at the exponent first: 1e999999999 costs nothing.
        BigDecimal size = number.abs();
        if (size.compareTo(MICROSECONDS_BELOW) >= 0) {
            return Optional.empty();
        }
        int shift =
                size.compareTo(SECONDS_BELOW) < 0
                        ? 0
                        : size.compareTo(MILLISECONDS_BELOW) < 0 ? 3 : 6;
        return Optional.of(Instant.ofEpochSecond(number.movePointLeft(shift).longValue()));
    }
}
