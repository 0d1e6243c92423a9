package io.jwtrawl.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PrefilterTest {

    /// Letters few enough that anchors, and halves of anchors, are frequent.
    @Property(tries = 5_000)
    void findsTheSamePlacesAsAPlainSearch(
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 40) String text) {
        List<String> anchors = List.of("abc", "bca", "cabb");
        Prefilter prefilter = Prefilter.of(anchors);
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int from = 0; from <= bytes.length; from++) {
            int start = from;
            int expected =
                    anchors.stream()
                            .mapToInt(anchor -> text.indexOf(anchor, start))
                            .filter(index -> index >= 0)
                            .min()
                            .orElse(-1);
            assertThat(prefilter.next(bytes, from, bytes.length)).isEqualTo(expected);
        }
    }

    @Test
    void doesNotLookBehindTheEnd() {
        byte[] bytes = "xxeyJ".getBytes(StandardCharsets.US_ASCII);
        assertThat(Prefilter.of(List.of("eyJ")).next(bytes, 0, 4)).isEqualTo(-1);
        assertThat(Prefilter.of(List.of("eyJ")).next(bytes, 0, 5)).isEqualTo(2);
    }
}
