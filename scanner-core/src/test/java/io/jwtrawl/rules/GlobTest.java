package io.jwtrawl.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @Property(tries = 5_000)
    void matchesWhatTheSameRegularExpressionMatches(
            @ForAll @Chars({'a', 'b', '*'}) @StringLength(max = 8) String glob,
            @ForAll @Chars({'a', 'b'}) @StringLength(max = 8) String text) {
        String regex =
                glob.chars()
                        .mapToObj(c -> c == '*' ? ".*" : Pattern.quote(String.valueOf((char) c)))
                        .collect(Collectors.joining());
        assertThat(Glob.of(glob).matches(text)).isEqualTo(Pattern.matches(regex, text));
    }

    @Test
    void doesNotBacktrackForever() {
        assertThat(Glob.of("*a".repeat(50) + "c").matches("a".repeat(5_000))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "**/test/**, test/Foo.java, true",
        "**/test/**, src/test/java/Foo.java, true",
        "**/test/**, src/contest/Foo.java, false",
        "**/*_test.go, a_test.go, true",
        "**/*_test.go, x/y/a_test.go, true",
        "**/*Test.java, src/Contest.java, false",
        "docs/*, docs/a/b, false",
        "docs/**/b, docs/b, true",
    })
    void pathGlobsTreatNamesAsWholes(String glob, String path, boolean matches) {
        assertThat(PathGlob.of(glob).matches(path)).isEqualTo(matches);
    }
}
