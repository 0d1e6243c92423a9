package io.jwtrawl.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Random;

class DetectorFuzzTest {

    private static final Limits PLAIN = Scan.limits(Limits.Encodings.NONE);
    private static final Limits EVERYTHING = Scan.limits(Limits.Encodings.ALL);

    /// In disguises the limits to false beginnings count anew in each window, so that broken text may read differently.
    @FuzzTest(maxDuration = "5m")
    void findsTheSameTokensWhereverTheWindowCuts(byte[] bytes) {
        var random = new Random(Arrays.hashCode(bytes));
        int capacity = 8 + random.nextInt(200);
        assertThat(Scan.cut(bytes, capacity, random, PLAIN))
                .as("capacity " + capacity)
                .isEqualTo(Scan.whole(bytes, PLAIN));
        Scan.cut(bytes, capacity, random, EVERYTHING);
        Scan.whole(bytes, EVERYTHING);
    }
}
