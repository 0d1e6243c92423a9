package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {

    private static final ProgressLine HALF =
            new ProgressLine(1_234, 36_225, 72_450, 821_500_000, Duration.ofSeconds(3), true);

    @Test
    void showsEverythingIn80Columns() {
        assertThat(HALF.fitting(80))
                .isEqualTo(
                        "1,234 tokens  36,225 of 72,450 items  50 %  0:03 left  821.5 MB  12,075/s");
        assertThat(HALF.fitting(100)).contains("12,075/s  [███████████");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 12, 20, 40, 60, 80, 120})
    void isNeverTooLongAndKeepsWhatWasFound(int width) {
        assertThat(HALF.fitting(width)).hasSizeLessThanOrEqualTo(width);
        if (width >= 12) {
            assertThat(HALF.fitting(width)).startsWith("1,234 tokens");
        }
    }

    @Test
    void saysNothingThatNobodyKnows() {
        assertThat(new ProgressLine(0, 0, 0, 0, Duration.ZERO, false).fitting(80))
                .isEqualTo("0 tokens  0 items  0 bytes");
        assertThat(new ProgressLine(0, 10, 5, 0, Duration.ofMillis(10), false).fitting(80))
                .isEqualTo("0 tokens  10 items  0 bytes");
    }

    @Test
    void tellsHoursToo() {
        assertThat(new ProgressLine(0, 1, 3601, 0, Duration.ofSeconds(1), false).fitting(80))
                .contains("1:00:00 left");
    }
}
