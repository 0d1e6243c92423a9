package io.jwtrawl.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class LineCounterTest {

    @Property(tries = 1_000)
    void countsLikeTheObviousLoopHoweverTheBytesArePassed(
            @ForAll @Chars({'a', '\n', '\r', 'é', '日', '\u000b'}) @StringLength(max = 120)
                    String text,
            @ForAll @IntRange(min = 1, max = 40) int step,
            @ForAll @IntRange(min = 1, max = 300) int times) {
        assertCounts(text, step);
        assertCounts(text.repeat(times), 1000 * step); // enough for vectors
    }

    private static void assertCounts(String text, int step) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var counter = new LineCounter();
        for (int i = 0; i < bytes.length; i += step) {
            counter.pass(bytes, i, Math.min(bytes.length, i + step));
        }
        int lastFeed = text.lastIndexOf('\n');
        assertThat(counter.line()).isEqualTo(1 + text.chars().filter(c -> c == '\n').count());
        assertThat(counter.column())
                .isEqualTo(1 + text.substring(lastFeed + 1).codePoints().count());
    }
}
