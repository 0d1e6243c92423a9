package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.cli.Launcher.Result;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The options of `jwtrawl git` that say which part of a history is searched, end to end.
class HistoryOptionsIT {

    private static final String AT = "--at=2026-01-10T00:00:00Z";

    @TempDir Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // before each test
    private GitRepo repo;

    /// Commits of the first, second, third and fourth of January.
    @BeforeEach
    void makeRepository() {
        repo = GitRepo.init(folder.resolve("repo"));
        for (int i = 1; i <= 4; i++) {
            repo.commit(i + ".txt", Tokens.any(i));
        }
        repo.git("branch", "old", "HEAD~2");
    }

    @Test
    void searchesAPartOfTheHistory() {
        assertFound(4);
        assertFound(2, "--range", "HEAD~2..HEAD");
        assertFound(2, "--range", "HEAD", "--range", "^old");
        assertFound(1, "--range", "HEAD^!");
        assertFound(2, "--branch", "old");
        assertFound(1, "--branch", "main", "--since", "2026-01-04");
        assertFound(2, "--since", "2026-01-03T12:00:00Z");
        assertFound(2, "--since", "P1W");
        assertFound(2, "--since", "1 week ago");
        assertFound(4, "--since", "3.weeks.ago");
        repo.git("reset", "-q", "--hard", "HEAD~1");
        repo.shell("rm -r .git/logs .git/ORIG_HEAD");
        assertFound(3);
        assertFound(4, "--all-objects");
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
        for (List<String> arguments :
                List.of(
                        List.of("--range", "nope..HEAD"),
                        List.of("--range", ""),
                        List.of("--branch", "nope"),
                        List.of("--since", "some day"),
                        List.of("--since", "2026-02-31"),
                        List.of("--staged", "--range", "HEAD"),
                        List.of("--all-objects", "--since", "P1D"),
                        List.of("--state", "s", "--branch", "main"),
                        List.of("--state", "nowhere/s"),
                        List.of("--received"))) {
            Result result = run(arguments.toArray(String[]::new), "no refs");
            assertThat(result.exitCode()).as(arguments.toString()).isEqualTo(2);
            assertThat(result.err().lines()).as(result.err()).hasSize(1);
        }
    }

    @Test
    void remembersInAFileWhatItSearched() throws IOException {
        Path state = repo.folder().resolve("../state");
        assertFound(4, "--state", "../state");
        Result second = run(new String[] {"--state", "../state"}, "");
        assertThat(second.exitCode()).isZero();
        assertThat(second.err())
                .contains("reports only what is new", "searched 0 files and objects");
        repo.commit("5.txt", Tokens.any(5));
        assertFound(1, "--state", "../state");
        Result other = run(new String[] {"--state", "../state", "--max-depth", "3"}, "");
        assertThat(other.err()).contains("everything is searched and reported again");
        assertThat(other.out().lines()).hasSize(5);
        Files.writeString(state, "something of mine\n");
        Result refused = run(new String[] {"--state", "../state"}, "");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(state).content().isEqualTo("something of mine\n");
    }

    @Test
    void remembersNothingThatWasNotReported() {
        Result full = run(new String[] {"--state", "../state", "--output", "/dev/full"}, "");
        assertThat(full.exitCode()).isEqualTo(2);
        assertFound(4, "--state", "../state");
    }

    private void assertFound(int findings, String... arguments) {
        Result result = run(arguments, "");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        assertThat(result.out().lines()).as(result.out()).hasSize(findings);
    }

    private Result run(String[] arguments, String input) {
        String[] all = new String[arguments.length + 2];
        all[0] = "git";
        all[1] = AT;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Launcher.run(repo.folder(), input, Map.of(), all);
    }
}
