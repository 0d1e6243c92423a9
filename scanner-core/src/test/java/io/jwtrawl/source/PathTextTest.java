package io.jwtrawl.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PathTextTest {

    @Test
    void keepsNamesThatPeopleCanRead() {
        assertThat(PathText.of(Path.of("a/naïve 日本.txt"))).isEqualTo("a/naïve 日本.txt");
    }

    @Test
    void showsWhatWouldMoveTheCursorOrHide() {
        assertThat(PathText.escape("a\u001b[2Jb\nc\u202ed"))
                .isEqualTo("a\\u001b[2Jb\\u000ac\\u202ed");
        assertThat(PathText.escape("\udb40\udc41")).isEqualTo("\\U000e0041");
    }

    @Test
    void showsBytesThatAreNotUtf8() {
        assertThat(
                        PathText.of(
                                new byte[] {
                                    'a', (byte) 0xe9, 'b', (byte) 0xc3, (byte) 0xa9, (byte) 0xff
                                }))
                .isEqualTo("a\\xe9bé\\xff");
    }

    @Property
    void readsWellFormedUtf8AsItIs(@ForAll String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(PathText.of(bytes))
                .isEqualTo(PathText.escape(new String(bytes, StandardCharsets.UTF_8)));
    }

    @Property
    void escapingTwiceChangesNothing(@ForAll String text) {
        assertThat(PathText.escape(PathText.escape(text))).isEqualTo(PathText.escape(text));
    }
}
