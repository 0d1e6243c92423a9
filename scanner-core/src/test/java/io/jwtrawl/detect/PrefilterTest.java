package io.jwtrawl.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.rules.Needle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PrefilterTest {

    /// Letters few enough that needles, and halves of needles, are frequent.
    @Property(tries = 5_000)
    void findsTheSamePlacesAsAPlainSearch(
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 60) String text,
            @ForAll @IntRange(max = 12) int from) {
        List<Needle> needles =
                List.of(
                        needle("a", "b", "c"),
                        needle("b", "ac", "a"),
                        needle("ab", "a", "b", "bc"),
                        needle("c", "c", "abc", "b", "a", "ab", "b", "a", "b", "c"));
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int begin = Math.min(from, bytes.length);
        List<String> expected = new ArrayList<>();
        for (int start = begin; start < bytes.length; start++) {
            for (Needle needle : needles) {
                if (stands(needle, text, start)) {
                    expected.add(start + " " + needle.sets());
                }
            }
        }
        var prefilter = new Prefilter(new NeedlePairs(needles));
        prefilter.begin(bytes, begin, bytes.length);
        List<String> found = new ArrayList<>();
        while (prefilter.next(begin)) {
            found.add(prefilter.start() + " " + prefilter.needle().sets());
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void findsWhatStandsAcrossTwoBlocks() {
        byte[] bytes = ".".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        List<Integer> expected = new ArrayList<>();
        for (int at = 32_760; at < 32_800; at += 4) {
            System.arraycopy("abc".getBytes(StandardCharsets.US_ASCII), 0, bytes, at, 3);
            expected.add(at);
        }
        var prefilter = new Prefilter(new NeedlePairs(List.of(needle("a", "b", "c"))));
        prefilter.begin(bytes, 0, bytes.length);
        List<Integer> found = new ArrayList<>();
        while (prefilter.next(0)) {
            found.add(prefilter.start());
        }
        assertThat(found).isEqualTo(expected);
    }

    private static boolean stands(Needle needle, String text, int start) {
        if (start + needle.length() > text.length()) {
            return false;
        }
        for (int i = 0; i < needle.length(); i++) {
            if (needle.sets().get(i).indexOf(text.charAt(start + i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static Needle needle(String... sets) {
        List<Integer> pairs = sets.length > 6 ? List.of(6, 1, 8) : List.of(0, 1, 2);
        return new Needle(Needle.Kind.TOKEN, List.of(sets), pairs, 0, 0);
    }
}
