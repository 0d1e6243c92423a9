package io.jwtrawl.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncrementalScanTest {

    private static final String TOKEN = Tokens.any(1);

    @TempDir Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // before each test
    private GitRepo repo;

    private Path state = Path.of("");

    @BeforeEach
    void makeRepository() {
        repo = GitRepo.init(folder.resolve("repo"));
        repo.commit("a.txt", TOKEN);
        state = folder.resolve("state");
    }

    @Test
    void readsAndReportsOnlyWhatIsNew() throws IOException {
        assertThat(tokens(scan())).containsExactly(TOKEN);
        assertThat(scan().statistics().blobs()).isZero();
        repo.commit("b.txt", Tokens.any(2));
        ScanReport news = scan();
        assertThat(tokens(news)).containsExactly(Tokens.any(2));
        assertThat(news.statistics().blobs()).as("a commit and a blob").isEqualTo(2);
        assertThat(GitScans.committed(news.findings().getFirst()).history().inHead()).isTrue();
        repo.commit("a.txt", "more\n" + TOKEN);
        assertThat(tokens(scan())).as("was there before").isEmpty();
        assertThat(scan().statistics().blobs()).isZero();
    }

    @Test
    void readsNothingAgainAfterGcAndRepack() throws IOException {
        repo.commit("b.txt", "x");
        scan();
        repo.git("gc", "--quiet", "--prune=now");
        assertThat(scan().statistics().blobs()).isZero();
        repo.commit("b.txt", Tokens.any(2));
        repo.git("repack", "-q", "-a", "-d");
        assertThat(tokens(scan())).containsExactly(Tokens.any(2));
        repo.git("pack-refs", "--all");
        assertThat(scan().statistics().blobs()).isZero();
    }

    @Test
    void reportsWhatAForcedPushBringsThoughTheOldCommitsAreGone() throws IOException {
        repo.commit("b.txt", Tokens.any(2));
        scan();
        repo.git("reset", "-q", "--hard", "HEAD~1");
        repo.commit("c.txt", Tokens.any(3));
        repo.shell(
                "git reflog expire --expire=now --all; git gc -q --prune=now; rm -f .git/ORIG_HEAD");
        ScanReport report = scan();
        assertThat(report.incidents()).isEmpty();
        assertThat(tokens(report)).containsExactly(Tokens.any(3));
    }

    @Test
    void aBranchThatIsDeletedAndComesBackIsNoNews() throws IOException {
        repo.git("checkout", "-q", "-b", "topic");
        String tip = repo.commit("b.txt", Tokens.any(2));
        repo.git("checkout", "-q", "main");
        assertThat(tokens(scan())).contains(Tokens.any(2));
        repo.git("branch", "-q", "-D", "topic");
        repo.commit("c.txt", Tokens.any(3));
        assertThat(tokens(scan())).containsExactly(Tokens.any(3));
        repo.git("branch", "again", tip);
        ScanReport report = scan();
        assertThat(report.findings()).isEmpty();
        assertThat(report.statistics().blobs()).isZero();
    }

    @Test
    void everyPartThatIsNoCommitOfABranch() throws IOException {
        scan();
        repo.git("tag", "-a", "v1", "-m", Tokens.any(2));
        repo.git("notes", "add", "-m", Tokens.any(3));
        repo.write("a.txt", Tokens.any(4)).git("stash", "-q");
        repo.write("staged.txt", Tokens.any(5)).git("add", "staged.txt");
        assertThat(tokens(scan()))
                .containsExactlyInAnyOrder(
                        Tokens.any(2), Tokens.any(3), Tokens.any(4), Tokens.any(5));
        repo.write("staged.txt", Tokens.any(5) + "\n").git("add", "staged.txt");
        assertThat(tokens(scan())).as("still staged").isEmpty();
        repo.git("commit", "-q", "-m", "as staged");
        assertThat(tokens(scan())).as("told when it was staged").isEmpty();
    }

    @Test
    void searchesWhatAShallowCloneFetchesLater() throws IOException {
        repo.commit("a.txt", "gone");
        repo.commit("b.txt", Tokens.any(2));
        repo.git(
                "clone",
                "-q",
                "--depth=1",
                repo.folder().toUri().toString(),
                folder.resolve("shallow").toString());
        GitRepo shallow = GitRepo.at(folder.resolve("shallow"));
        assertThat(tokens(scan(shallow, false))).containsExactly(Tokens.any(2));
        shallow.git("fetch", "-q", "--unshallow");
        assertThat(tokens(scan(shallow, false))).containsExactly(TOKEN);
        assertThat(scan(shallow, false).statistics().blobs()).isZero();
    }

    @Test
    void namesWhatCannotBeReadEachTimeAndSearchesItOnceItCan() throws IOException {
        repo.commit("b.txt", Tokens.any(2));
        Path blob = object("HEAD:b.txt");
        Path away = folder.resolve("away");
        Files.move(blob, away);
        assertThat(scan().incidents()).hasSize(1);
        assertThat(scan().incidents()).hasSize(1);
        repo.git("commit", "-q", "--allow-empty", "-m", Tokens.any(3));
        ScanReport report = scan();
        assertThat(report.incidents()).hasSize(1);
        assertThat(tokens(report)).containsExactly(Tokens.any(3));
        Files.move(away, blob);
        report = scan();
        assertThat(report.incidents()).isEmpty();
        assertThat(tokens(report)).containsExactly(Tokens.any(2));
        assertThat(GitScans.committed(report.findings().getFirst()).path()).isEqualTo("b.txt");
        assertThat(scan().statistics().blobs()).isZero();
    }

    @Test
    void searchesEverythingAgainOnceAMissingCommitIsBack() throws IOException {
        repo.commit("b.txt", Tokens.any(2));
        repo.git("rm", "-q", "a.txt");
        repo.commit("c.txt", Tokens.any(3));
        Path commit = object("HEAD~1");
        Path away = folder.resolve("away");
        Files.move(commit, away);
        repo.shell("rm -r .git/logs");
        assertThat(tokens(scan())).contains(Tokens.any(3));
        assertThat(scan().findings()).isEmpty();
        Files.move(away, commit);
        ScanReport report = scan();
        assertThat(report.incidents()).isEmpty();
        assertThat(tokens(report)).containsExactly(TOKEN);
    }

    @Test
    void allObjectsAreReadAgainOnlyFromNewPacks() throws IOException {
        repo.write("loose.txt", Tokens.any(2)).git("hash-object", "-w", "loose.txt");
        assertThat(tokens(scan(repo, true))).contains(TOKEN, Tokens.any(2));
        assertThat(scan(repo, true).statistics().blobs()).isZero();
        repo.write("loose.txt", Tokens.any(3)).git("hash-object", "-w", "loose.txt");
        assertThat(tokens(scan(repo, true))).containsExactly(Tokens.any(3));
        repo.shell(
                "git cat-file --batch-all-objects --batch-check='%(objectname)'"
                        + " | git pack-objects -q .git/objects/pack/pack && git prune-packed -q");
        assertThat(scan(repo, true).findings()).as("told already").isEmpty();
        assertThat(scan(repo, true).statistics().blobs()).isZero();
    }

    @Test
    void whatOthersSearchedCountsForNothing() throws IOException {
        scan();
        assertThat(SearchState.open(state, "other").notice()).isPresent();
        assertThat(SearchState.open(state, "detector").notice()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$d", "s/^tip ./tip 0/", "2d", "s/^head/nonsense/"})
    void aDamagedStateIsSaidToBeOne(String edit) throws IOException {
        scan();
        repo.shell("sed -i '" + edit + "' ../state");
        assertThat(SearchState.open(state, "detector").notice()).contains("it is damaged");
        assertThat(tokens(scan())).containsExactly(TOKEN);
    }

    @Test
    void neverTakesTheFileOfAnother() throws IOException {
        Files.writeString(state, "my notes\n");
        assertThatThrownBy(() -> SearchState.open(state, "detector"))
                .isInstanceOf(StateFileException.class);
        Files.writeString(state, "");
        assertThat(tokens(scan())).containsExactly(TOKEN);
    }

    @Test
    void theFileIsTheOwnersAndHoldsNoToken() throws IOException {
        Files.createFile(state);
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rw-rw-rw-"));
        String id = scan().findings().getFirst().sighting().token().id().hex();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(state)).doesNotContain("eyJ", id, "a.txt");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("repo", "state");
        }
    }

    @Test
    void aScanThatWasStoppedIsNotRemembered() throws IOException {
        var repositories = repositories(false);
        var report =
                GitScans.run(
                        repositories.crawlerFor(repo.folder()).orElseThrow(),
                        Optional.of(repositories));
        repositories.remember(
                new ScanReport(
                        report.findings(),
                        report.incidents(),
                        report.statistics(),
                        report.at(),
                        new ScanReport.Ending.Cancelled()));
        assertThat(state).doesNotExist();
    }

    /// After any history of a repository, what the scans along the way told is what one scan at each step would tell.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void tellsNoLessAndNothingTwiceWhateverHappens(long seed) throws IOException {
        var random = new Random(seed);
        Set<String> told = new HashSet<>();
        int next = 100;
        for (int step = 0; step < 14; step++) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                next = change(random, next);
            }
            ScanReport report = scan();
            assertThat(report.incidents()).isEmpty();
            assertThat(places(report)).as("seed " + seed).noneMatch(told::contains);
            told.addAll(places(report));
            assertThat(told)
                    .as("seed " + seed + ", step " + step)
                    .containsAll(places(GitScans.history(repo.folder())));
        }
    }

    private int change(Random random, int next) {
        String file = "f" + random.nextInt(4) + ".txt";
        String branch = "b" + random.nextInt(3);
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> repo.commit(file, "x".repeat(random.nextInt(9)) + Tokens.any(next));
            case 3 -> repo.shell("git checkout -q -B " + branch);
            case 4 -> repo.shell("git checkout -q " + branch + " 2>/dev/null || true");
            case 5 ->
                    repo.shell(
                            "git checkout -q --detach; git branch -q -D "
                                    + branch
                                    + " 2>/dev/null || true");
            case 6 -> repo.shell("git reset -q --hard HEAD~1 2>/dev/null || true");
            case 7 ->
                    repo.shell(
                            random.nextBoolean()
                                    ? "git gc -q"
                                    : "git reflog expire --expire=now --all; git gc -q --prune=now");
            case 8 -> repo.write(file, Tokens.any(next)).git("add", file);
            default ->
                    repo.shell(
                            "git -c user.name=a -c user.email=a merge -q -X ours -m '"
                                    + Tokens.any(next)
                                    + "' "
                                    + branch
                                    + " 2>/dev/null || git merge --abort 2>/dev/null || true");
        }
        return next + 1;
    }

    private static List<String> places(ScanReport report) {
        return report.findings().stream()
                .map(finding -> finding.place().path() + " " + GitScans.token(finding))
                .toList();
    }

    private Path object(String name) {
        String id = repo.git("rev-parse", name).strip();
        return repo.folder().resolve(".git/objects/" + id.substring(0, 2) + "/" + id.substring(2));
    }

    private ScanReport scan() throws IOException {
        return scan(repo, false);
    }

    private ScanReport scan(GitRepo repository, boolean allObjects) throws IOException {
        var repositories = repositories(allObjects);
        ScanReport report =
                GitScans.run(
                        repositories.crawlerFor(repository.folder()).orElseThrow(),
                        Optional.of(repositories));
        repositories.remember(report);
        return report;
    }

    private GitRepositories repositories(boolean allObjects) throws IOException {
        return new GitRepositories(
                PathFilter.ALL,
                allObjects ? HistorySelection.ALL_OBJECTS : HistorySelection.REACHABLE,
                List.of(),
                Optional.of(SearchState.open(state, "detector")));
    }

    private static List<String> tokens(ScanReport report) {
        return report.findings().stream().map(GitScans::token).toList();
    }
}
