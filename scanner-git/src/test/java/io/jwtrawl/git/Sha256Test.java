package io.jwtrawl.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parts of a history whose objects are named by SHA-256.
class Sha256Test {

    @TempDir Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // before each test
    private GitRepo repo;

    @BeforeEach
    void makeRepository() {
        repo = GitRepo.init(folder.resolve("repo"), "--object-format=sha256");
        repo.commit("a.txt", Tokens.any(1));
        repo.commit("b.txt", Tokens.any(2));
        repo.git("checkout", "-q", "-b", "side", "HEAD~1");
        repo.commit("c.txt", Tokens.any(3));
        repo.git("checkout", "-q", "-");
    }

    @Test
    void ranges() {
        String head = repo.head().substring(0, 7);
        for (String range : List.of("HEAD~1..HEAD", head + "^!", "side...HEAD ^side")) {
            assertThat(tokens(GitScans.history(repo.folder(), range(range))))
                    .as(range)
                    .containsExactly(Tokens.any(2));
        }
        assertThat(tokens(GitScans.history(repo.folder(), range("HEAD...side"))))
                .containsExactlyInAnyOrder(Tokens.any(2), Tokens.any(3));
    }

    @Test
    void whatNothingLeadsTo() {
        repo.git("branch", "-q", "-D", "side");
        repo.shell("rm -rf .git/logs");
        assertThat(tokens(GitScans.history(repo.folder()))).doesNotContain(Tokens.any(3));
        assertThat(tokens(GitScans.history(repo.folder(), HistorySelection.ALL_OBJECTS)))
                .containsExactlyInAnyOrder(Tokens.any(1), Tokens.any(2), Tokens.any(3));
    }

    @Test
    void onlyWhatIsNew() throws IOException {
        assertThat(tokens(increment())).hasSize(3);
        assertThat(increment().statistics().blobs()).isZero();
        repo.commit("d.txt", Tokens.any(4));
        repo.git("gc", "--quiet");
        assertThat(tokens(increment())).containsExactly(Tokens.any(4));
    }

    private ScanReport increment() throws IOException {
        var repositories =
                new GitRepositories(
                        PathFilter.ALL,
                        HistorySelection.REACHABLE,
                        List.of(),
                        Optional.of(SearchState.open(folder.resolve("state"), "detector")));
        ScanReport report =
                GitScans.run(
                        repositories.crawlerFor(repo.folder()).orElseThrow(),
                        Optional.of(repositories));
        repositories.remember(report);
        return report;
    }

    private static HistorySelection range(String range) {
        return new HistorySelection(
                List.of(range), List.of(), Optional.empty(), Optional.empty(), false);
    }

    private static List<String> tokens(ScanReport report) {
        assertThat(report.incidents()).isEmpty();
        return report.findings().stream().map(GitScans::token).toList();
    }
}
