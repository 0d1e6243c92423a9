package io.jwtrawl.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jwtrawl.rules.Needle;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.NativeCode;
import io.jwtrawl.testkit.Tries;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
        for (Sieve sieve : sieves(needles)) {
            var prefilter = new Prefilter(sieve);
            prefilter.begin(bytes, begin, bytes.length);
            List<String> found = new ArrayList<>();
            while (prefilter.next(begin)) {
                found.add(prefilter.start() + " " + prefilter.needle().sets());
            }
            assertThat(found).isEqualTo(expected);
        }
    }

    /// With all needles that there are, in texts in which they, and what looks like them, are frequent.
    @Test
    void bothSievesLeadToTheSameNeedles() {
        assumeTrue(NativeCode.isLoaded(), "there is no compiled code to compare with");
        List<Needle> needles = RuleSet.builtIn().needles();
        List<Sieve> sieves = sieves(needles);
        assertThat(sieves).hasSize(2);
        Tries.run(
                300,
                random -> {
                    byte[] text = soup(random, needles);
                    int from = random.nextInt(1 + text.length / 3);
                    int to = text.length - random.nextInt(1 + text.length / 3);
                    assertThat(needlesIn(text, from, to, sieves.get(1)))
                            .isEqualTo(needlesIn(text, from, to, sieves.get(0)));
                });
    }

    private static byte[] soup(Random random, List<Needle> needles) {
        byte[] text = new byte[random.nextInt(random.nextInt(10) == 0 ? 200_000 : 400)];
        random.nextBytes(text);
        for (int at = 0; at < text.length; at += random.nextInt(40)) {
            List<String> sets = needles.get(random.nextInt(needles.size())).sets();
            int end = random.nextInt(8) == 0 ? random.nextInt(sets.size()) : sets.size();
            for (int i = 0; i < end && at < text.length; i++) {
                String set = sets.get(i);
                text[at++] = (byte) set.charAt(random.nextInt(set.length()));
            }
        }
        return text;
    }

    private static List<String> needlesIn(byte[] text, int from, int to, Sieve sieve) {
        var prefilter = new Prefilter(sieve);
        prefilter.begin(text, from, to);
        List<String> found = new ArrayList<>();
        while (prefilter.next(from)) {
            found.add(prefilter.start() + " " + prefilter.needle().sets());
        }
        return found;
    }

    /// The portable one, and the compiled one where there is one.
    private static List<Sieve> sieves(List<Needle> needles) {
        List<Sieve> sieves = new ArrayList<>();
        sieves.add(new PairSieve(needles));
        VectorSieve.of(needles).ifPresent(sieves::add);
        return sieves;
    }

    @Test
    void findsWhatStandsAcrossTwoBlocks() {
        byte[] bytes = ".".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        List<Integer> expected = new ArrayList<>();
        for (int at = 32_760; at < 32_800; at += 4) {
            System.arraycopy("abc".getBytes(StandardCharsets.US_ASCII), 0, bytes, at, 3);
            expected.add(at);
        }
        for (Sieve sieve : sieves(List.of(needle("a", "b", "c")))) {
            var prefilter = new Prefilter(sieve);
            prefilter.begin(bytes, 0, bytes.length);
            List<Integer> found = new ArrayList<>();
            while (prefilter.next(0)) {
                found.add(prefilter.start());
            }
            assertThat(found).isEqualTo(expected);
        }
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
        var probe = new Needle.Probe(sets.length > 6 ? 3 : 0, sets.length % Needle.Probe.BUCKETS);
        return new Needle(Needle.Kind.TOKEN, List.of(sets), pairs, probe, 0, 0);
    }
}
