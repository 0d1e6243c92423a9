package io.jwtrawl.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.testkit.Tries;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class NumericDateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1700000000              | 2023-11-14T22:13:20Z |",
                "1700000000.0            | 2023-11-14T22:13:20Z |",
                "1.7e9                   | 2023-11-14T22:13:20Z |",
                "1700000000.9            | 2023-11-14T22:13:20Z | FRACTION",
                "0.5                     | 1970-01-01T00:00:00Z | FRACTION",
                "1e-999999999            | 1970-01-01T00:00:00Z | FRACTION",
                "'1700000000'            | 2023-11-14T22:13:20Z | TEXT",
                "' 1700000000 '          | 2023-11-14T22:13:20Z | TEXT",
                "'1700000000.5'          | 2023-11-14T22:13:20Z | TEXT FRACTION",
                "'2023-11-14T22:13:20Z'  | 2023-11-14T22:13:20Z | TEXT",
                "'2023-11-14T23:13:20+01:00' | 2023-11-14T22:13:20Z | TEXT",
                "1700000000000           | 2023-11-14T22:13:20Z | MILLISECONDS",
                "'1700000000000'         | 2023-11-14T22:13:20Z | TEXT MILLISECONDS",
                "1700000000000000        | 2023-11-14T22:13:20Z | MICROSECONDS",
                "1700000000000000000     | 2023-11-14T22:13:20Z | NANOSECONDS",
                "253402300799            | 9999-12-31T23:59:59Z |",
                "899999999999            | 9999-12-31T23:59:59Z |",
                "99999999999             | 5138-11-16T09:46:39Z |",
                "0                       | 1970-01-01T00:00:00Z |",
                "-1                      | 1969-12-31T23:59:59Z | NEGATIVE",
                "-1700000000000          | 1916-02-18T01:46:40Z | NEGATIVE MILLISECONDS",
                "-62135596801            | 0001-01-01T00:00:00Z | NEGATIVE",
                "9223372036854775807     | 9999-12-31T23:59:59Z | OUT_OF_RANGE",
                "-9223372036854775808    | 0001-01-01T00:00:00Z | NEGATIVE OUT_OF_RANGE",
                "99999999999999999999999 | 9999-12-31T23:59:59Z | OUT_OF_RANGE",
                "1e999999999             | 9999-12-31T23:59:59Z | OUT_OF_RANGE",
                "-1e999999999            | 0001-01-01T00:00:00Z | NEGATIVE OUT_OF_RANGE",
                "'1e999999999'           | 9999-12-31T23:59:59Z | TEXT OUT_OF_RANGE",
                "'tomorrow'              | | NOT_A_DATE",
                "''                      | | NOT_A_DATE",
                "'NaN'                   | | NOT_A_DATE",
                "true                    | | NOT_A_DATE",
                "null                    | | NOT_A_DATE",
                "[1700000000]            | | NOT_A_DATE",
                "{}                      | | NOT_A_DATE",
            },
            quoteCharacter = '~')
    void readsWhatIssuersWrite(String json, String instant, String odd) {
        NumericDate date = NumericDate.of(value(json.replace('\'', '"')));
        assertThat(date.instant().map(Instant::toString).orElse(null)).isEqualTo(instant);
        List<DateOddity.Kind> expected =
                odd == null
                        ? List.of()
                        : Arrays.stream(odd.split(" "))
                                .map(DateOddity.Kind::valueOf)
                                .collect(Collectors.toList());
        assertThat(date.odd()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aLaterNumberOfSecondsIsALaterDate() {
        Tries.run(
                2_000,
                random -> {
                    BigDecimal a =
                            BigDecimal.valueOf(
                                    random.nextLong(-900_000_000_000L, 899_000_000_000L));
                    BigDecimal b = a.add(BigDecimal.valueOf(random.nextDouble() * 1_000_000));
                    assertThat(of(b)).isAfterOrEqualTo(of(a));
                });
    }

    private static Instant of(BigDecimal seconds) {
        return NumericDate.of(JsonNodeFactory.instance.numberNode(seconds)).instant().orElseThrow();
    }

    private static JsonNode value(String json) {
        return JsonText.object(("{\"exp\":" + json + "}").getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .path("exp");
    }
}
