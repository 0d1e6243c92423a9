package io.jwtrawl.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.eclipse.jgit.lib.Config;
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

    /// As `git remote add` writes it: with users, passwords and ports, which no link has.
    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "git@github.com:o/r.git -> https://github.com/o/r/blob/COMMIT/x#L7",
                "ssh://git@github.com:22/o/r.git -> https://github.com/o/r/blob/COMMIT/x#L7",
                "https://user:secret@github.com/o/r.git -> https://github.com/o/r/blob/COMMIT/x#L7",
                "git@gitlab.com:g/s/r.git -> https://gitlab.com/g/s/r/-/blob/COMMIT/x#L7",
                "ssh://git@gitlab.example.org:2222/g/r -> https://gitlab.example.org/g/r/-/blob/COMMIT/x#L7",
                "https://token@gitlab.example.org:8443/g/r.git -> https://gitlab.example.org:8443/g/r/-/blob/COMMIT/x#L7",
                "git@codeberg.org:o/r.git -> https://codeberg.org/o/r/src/commit/COMMIT/x#L7",
                "ssh://git@gitea.example.org:2222/o/r.git -> https://gitea.example.org/o/r/src/commit/COMMIT/x#L7",
                "git@bitbucket.org:o/r.git -> https://bitbucket.org/o/r/src/COMMIT/x#lines-7",
                "https://user@bitbucket.org/o/r.git -> https://bitbucket.org/o/r/src/COMMIT/x#lines-7",
                "ssh://git@bitbucket.example.org:7999/key/r.git -> https://bitbucket.example.org/projects/key/repos/r/browse/x?at=COMMIT#7",
                "git@ssh.dev.azure.com:v3/o/p/r -> https://dev.azure.com/o/p/_git/r?path=/x&version=GCCOMMIT&line=7",
                "https://o@dev.azure.com/o/p/_git/r -> https://dev.azure.com/o/p/_git/r?path=/x&version=GCCOMMIT&line=7",
            })
    void areMadeFromAnyFormOfARemote(String remote, String expected) {
        var config = new Config();
        config.setString("remote", "origin", "url", remote);
        assertThat(
                        RepositoryInfo.origin(config)
                                .flatMap(Permalinks::of)
                                .flatMap(site -> site.of(COMMIT, "x", 7)))
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
