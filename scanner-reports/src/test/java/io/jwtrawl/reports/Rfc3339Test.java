package io.jwtrawl.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.testkit.Tries;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class Rfc3339Test {

    private static final long TWENTY_THOUSAND_YEARS = 631_139_040_000L;

    @Test
    void writesWhatTheLibraryWrites() {
        Tries.run(
                10_000,
                random -> {
                    Instant instant =
                            Instant.ofEpochSecond(
                                    random.nextLong(-TWENTY_THOUSAND_YEARS, TWENTY_THOUSAND_YEARS),
                                    random.nextInt(1_000_000_000));
                    assertThat(Rfc3339.of(instant))
                            .isEqualTo(instant.truncatedTo(ChronoUnit.SECONDS).toString());
                });
    }

    @Test
    void writesTheFirstAndTheLastYear() {
        assertThat(Rfc3339.of(Instant.parse("0000-01-01T00:00:00Z")))
                .isEqualTo("0000-01-01T00:00:00Z");
        assertThat(Rfc3339.of(Instant.parse("9999-12-31T23:59:59.999Z")))
                .isEqualTo("9999-12-31T23:59:59Z");
        assertThat(Rfc3339.of(Instant.MAX))
                .isEqualTo(Instant.MAX.truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
