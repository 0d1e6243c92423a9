package io.jwtrawl.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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

    /// JGit cannot read such repositories, so the same history is made once more with SHA-1, which the other tests hold
    /// against JGit.
    @Test
    void eachModeTellsWhatItTellsOfTheSameHistoryWithSha1() {
        GitRepo twin = GitRepo.init(folder.resolve("twin"));
        GitRepo other = GitRepo.init(folder.resolve("other"), "--object-format=sha256");
        for (GitRepo each : List.of(twin, other)) {
            each.commit("a/a.txt", Tokens.any(1));
            each.commit("b.txt", Tokens.any(2) + "\n" + Tokens.any(1));
            each.git("checkout", "-q", "-b", "side", "HEAD~1");
            each.commit("c.txt", Tokens.any(3));
            each.git("checkout", "-q", "main");
            each.git("mv", "b.txt", "d.txt");
            each.commit("renamed");
            each.git("merge", "-q", "-m", "merge", "side");
            each.git("rm", "-q", "a/a.txt");
            each.commit("last " + Tokens.any(4));
            each.git("tag", "-a", "-m", Tokens.any(5), "v1");
        }
        for (HistorySelection selection :
                List.of(
                        HistorySelection.REACHABLE,
                        HistorySelection.ALL_OBJECTS,
                        range("HEAD~2..HEAD"),
                        range("side..main"),
                        range("HEAD~1^2^!"),
                        GitScans.selection(List.of(), List.of("side"), Optional.empty()),
                        GitScans.selection(
                                List.of(), List.of(), Optional.of(date(twin, "HEAD~2"))))) {
            for (boolean packed : List.of(false, true)) {
                if (packed) {
                    twin.git("gc", "--quiet");
                    other.git("gc", "--quiet");
                }
                assertThat(places(other, selection))
                        .as(selection.toString())
                        .isNotEmpty()
                        .isEqualTo(places(twin, selection));
            }
        }
    }

    private static Instant date(GitRepo repo, String commit) {
        return Instant.ofEpochSecond(
                Long.parseLong(repo.git("log", "-1", "--format=%ct", commit).strip()));
    }

    /// Each finding with its path and the dates of the commits that it came and went with, which both formats share.
    private static List<String> places(GitRepo repo, HistorySelection selection) {
        ScanReport report = GitScans.history(repo.folder(), selection);
        assertThat(report.incidents()).isEmpty();
        List<String> places = new ArrayList<>();
        for (Finding finding : report.findings()) {
            String place =
                    switch (finding.sighting().provenance()) {
                        case Provenance.CommittedFile file ->
                                file.path()
                                        + " "
                                        + file.history().introduced().authored()
                                        + " "
                                        + file.history()
                                                .removedBy()
                                                .map(commit -> date(repo, commit))
                                        + " "
                                        + file.history().inHead()
                                        + " "
                                        + file.history().branches();
                        case Provenance other -> other.getClass().getSimpleName();
                    };
            places.add(GitScans.token(finding) + " " + place);
        }
        places.sort(null);
        return places;
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
        return GitScans.selection(List.of(range), List.of(), Optional.empty());
    }

    private static List<String> tokens(ScanReport report) {
        assertThat(report.incidents()).isEmpty();
        return report.findings().stream().map(GitScans::token).toList();
    }
}
