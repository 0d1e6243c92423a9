package io.jwtrawl.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermalinksTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "https://github.com/o/r.git -> https://github.com/o/r/blob/COMMIT/a%20b/c.txt#L7",
                "ssh://github.com/o/r.git -> https://github.com/o/r/blob/COMMIT/a%20b/c.txt#L7",
                "https://gitlab.example.org:8443/g/s/r.git/ -> https://gitlab.example.org:8443/g/s/r/-/blob/COMMIT/a%20b/c.txt#L7",
                "http://gitea.local/o/r -> http://gitea.local/o/r/src/commit/COMMIT/a%20b/c.txt#L7",
                "ssh://codeberg.org/o/r.git -> https://codeberg.org/o/r/src/commit/COMMIT/a%20b/c.txt#L7",
                "https://bitbucket.org/o/r.git -> https://bitbucket.org/o/r/src/COMMIT/a%20b/c.txt#lines-7",
                "https://bitbucket.example.org/scm/key/r.git -> https://bitbucket.example.org/projects/key/repos/r/browse/a%20b/c.txt?at=COMMIT#7",
                "https://dev.azure.com/o/p/_git/r -> https://dev.azure.com/o/p/_git/r?path=/a%20b/c.txt&version=GCCOMMIT&line=7",
                "ssh://ssh.dev.azure.com/v3/o/p/r -> https://dev.azure.com/o/p/_git/r?path=/a%20b/c.txt&version=GCCOMMIT&line=7",
            })
    void pointToTheLineAtTheSite(String origin, String expected) {
        assertThat(of(origin, "a b/c.txt", 7))
                .contains(URI.create(expected.replace("COMMIT", COMMIT)));
    }

    @Test
    void pointToTheFileWhereThereAreNoLines() {
        assertThat(of("https://github.com/o/r", "x", 0))
                .contains(URI.create("https://github.com/o/r/blob/" + COMMIT + "/x"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org/o/r.git",
        "file:///srv/git/r.git",
        "https://github.com",
        "https://dev.azure.com/o/p",
        "ssh://ssh.dev.azure.com/o/r"
    })
    void areNotGuessed(String origin) {
        assertThat(of(origin, "x", 1)).isEmpty();
    }

    @Test
    void letNothingInAPathChangeWhereTheyPoint() {
        assertThat(of("https://github.com/o/r", "a?b#c%2e\"<>ü", 1))
                .contains(
                        URI.create(
                                "https://github.com/o/r/blob/"
                                        + COMMIT
                                        + "/a%3Fb%23c%252e%22%3C%3E%C3%BC#L1"));
        assertThat(of("https://dev.azure.com/o/p/_git/r", "a&version=GBmain", 1)).isEmpty();
    }

    private static Optional<URI> of(String origin, String path, int line) {
        return Permalinks.of(URI.create(origin)).flatMap(site -> site.of(COMMIT, path, line));
    }
}
