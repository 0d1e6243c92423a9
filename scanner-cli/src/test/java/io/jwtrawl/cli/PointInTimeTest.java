package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointInTimeTest {

    private static final Instant NOW = Instant.parse("2026-03-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-31                | 2026-01-31T00:00:00Z",
                "2026-01-31T10:00:00Z      | 2026-01-31T10:00:00Z",
                "2026-01-31T10:00:00+02:00 | 2026-01-31T08:00:00Z",
                "2026-01-31 10:00          | 2026-01-31T10:00:00Z",
                "2026-01-31 10:00:00 +0200 | 2026-01-31T08:00:00Z",
                "@1700000000               | 2023-11-14T22:13:20Z",
                "P2W                       | 2026-03-17T12:00:00Z",
                "P1M                       | 2026-02-28T12:00:00Z",
                "PT36H                     | 2026-03-30T00:00:00Z",
                "P1DT1H                    | 2026-03-30T11:00:00Z",
                "2 weeks ago               | 2026-03-17T12:00:00Z",
                "2.weeks.ago               | 2026-03-17T12:00:00Z",
                "1 year 2 months           | 2025-01-31T12:00:00Z",
                "90 minutes ago            | 2026-03-31T10:30:00Z",
                "3d                        | 2026-03-28T12:00:00Z",
                "12h 30m                   | 2026-03-30T23:30:00Z",
                "yesterday                 | 2026-03-30T12:00:00Z",
                "now                       | 2026-03-31T12:00:00Z",
            })
    void readsMoments(String text, String expected) {
        assertThat(PointInTime.parse(text, NOW)).isEqualTo(Instant.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ago",
                "soon",
                "2026",
                "2026-13-01",
                "2026-01-32",
                "P",
                "PX",
                "2 fortnights",
                "3 days hence",
                "-1 day",
                "99999999999 years",
                "@",
                "10:00"
            })
    void saysWhatIsNoMoment(String text) {
        assertThatThrownBy(() -> PointInTime.parse(text, NOW)).isInstanceOf(UsageException.class);
    }
}
