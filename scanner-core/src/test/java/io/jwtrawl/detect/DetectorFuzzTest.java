package io.jwtrawl.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Random;

class DetectorFuzzTest {

    private static final Limits EVERYTHING = Scan.limits(Limits.Encodings.ALL);

    @FuzzTest(maxDuration = "5m")
    void findsTheSameTokensWhereverTheWindowCuts(byte[] bytes) {
        var random = new Random(Arrays.hashCode(bytes));
        int capacity = 8 + random.nextInt(200);
        assertThat(Scan.cut(bytes, capacity, random, EVERYTHING))
                .as("capacity " + capacity)
                .isEqualTo(Scan.whole(bytes, EVERYTHING));
    }
}
