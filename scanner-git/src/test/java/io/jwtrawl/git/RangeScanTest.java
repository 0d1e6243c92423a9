package io.jwtrawl.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeScanTest {

    @TempDir Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // before each test
    private GitRepo repo;

    /// Commits 1 to 4 on `main`, each with a token; 11 and 12 on `topic`, which begins at 2.
    @BeforeEach
    void makeRepository() {
        repo = GitRepo.init(folder.resolve("repo"));
        repo.commit("1.txt", Tokens.any(1));
        repo.commit("2.txt", Tokens.any(2));
        repo.git("tag", "two");
        repo.git("checkout", "-q", "-b", "topic");
        repo.commit("11.txt", Tokens.any(11));
        repo.commit("12.txt", Tokens.any(12));
        repo.git("checkout", "-q", "main");
        repo.commit("3.txt", Tokens.any(3));
        repo.commit("4.txt", Tokens.any(4));
        repo.git("tag", "-a", "four", "-m", "release " + Tokens.any(40));
    }

    /// The numbers are those of the tokens that the same revisions show with `git log -p`.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "two..main      | 3 4",
                "two..          | 3 4",
                "..topic        | 11 12",
                "main..topic    | 11 12",
                "main...topic   | 3 4 11 12",
                "HEAD~1..HEAD   | 4",
                "@^..@          | 4",
                "two            | 1 2",
                "^two           | 3 4",
                "topic ^main    | 11 12",
                "main topic     | 1 2 3 4 11 12",
                "four^{}^!      | 4",
                "HEAD^!         | 4",
                "two..four      | 3 4 40",
                "four..main     | ''",
                "main@{2}..main | 3 4",
                "refs/heads/main~2..heads/main | 3 4",
            })
    void searchesWhatTheRevisionsBroughtIn(String range, String expected) {
        assertThat(tokens(range(range))).containsExactlyInAnyOrder(anyOf(expected));
    }

    /// Alone, in a pack, and as what a delta makes.
    @Test
    void searchesFilesThatAreTooLargeToBeHeld() {
        String big = "0123456789\n".repeat(3_500_000) + Tokens.any(5) + "\n";
        repo.commit("big", big);
        repo.commit("big", big + Tokens.any(6) + "\n");
        for (boolean packed : List.of(false, true)) {
            if (packed) {
                repo.git("-c", "core.bigFileThreshold=1g", "repack", "-a", "-d", "-f", "-q");
            }
            ScanReport report = range("HEAD~2..HEAD");
            assertThat(report.incidents()).isEmpty();
            assertThat(tokens(report)).containsExactlyInAnyOrder(anyOf("5 6"));
        }
    }

    @Test
    void takesAbbreviatedIdsAndTheUpstreamBranch() {
        String two = repo.git("rev-parse", "--short=7", "two").strip();
        assertThat(tokens(range(two + "..HEAD"))).containsExactlyInAnyOrder(anyOf("3 4"));
        GitRepo clone = cloned();
        clone.commit("5.txt", Tokens.any(5));
        assertThat(tokens(scan(clone, ranges("@{upstream}..HEAD")))).containsExactly(Tokens.any(5));
        assertThat(tokens(scan(clone, ranges("main@{u}..")))).containsExactly(Tokens.any(5));
    }

    private GitRepo cloned() {
        repo.git("clone", "-q", ".", folder.resolve("clone").toString());
        return GitRepo.at(folder.resolve("clone"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nope",
                "nope..HEAD",
                "HEAD~99",
                "HEAD@{99}",
                "00",
                "HEAD^{/text}",
                "^",
                ".."
            })
    void saysWhatIsNoRevision(String range) {
        var repositories =
                new GitRepositories(PathFilter.ALL, ranges(range), List.of(), Optional.empty());
        Optional<String> objection = repositories.objection(repo.folder());
        if (range.equals("..")) {
            assertThat(objection).isEmpty(); // HEAD..HEAD
        } else {
            assertThat(objection).isPresent();
            assertThat(range(range).isComplete()).isFalse();
        }
    }

    @Test
    void isSilentAboutWhatWasThereBefore() {
        repo.commit("1.txt", Tokens.any(1) + "\n" + Tokens.any(5) + "\n");
        var findings = range("HEAD~1..HEAD").findings();
        assertThat(findings).extracting(GitScans::token).containsExactly(Tokens.any(5));
        assertThat(GitScans.committed(findings.getFirst()).history().introduced().commit())
                .isEqualTo(repo.head());
        assertThat(GitScans.committed(findings.getFirst()).history().inHead()).isTrue();
    }

    @Test
    void reportsWhatCameAndWentWithinTheRange() {
        String introduced = repo.commit("5.txt", Tokens.any(5));
        String removed = repo.commit("5.txt", "gone");
        var findings = range("HEAD~2..HEAD").findings();
        assertThat(findings).hasSize(1);
        var history = GitScans.committed(findings.getFirst()).history();
        assertThat(history.introduced().commit()).isEqualTo(introduced);
        assertThat(history.removedBy()).contains(removed);
    }

    @Test
    void reportsWhatCameBack() {
        repo.commit("1.txt", "gone");
        repo.commit("1.txt", "back: " + Tokens.any(1));
        assertThat(tokens(range("HEAD~1.."))).containsExactly(Tokens.any(1));
        assertThat(tokens(range("HEAD~2.."))).containsExactly(Tokens.any(1));
    }

    @Test
    void aMergeBringsInOnlyWhatNeitherSideHas() {
        repo.git("merge", "-q", "--no-commit", "--no-ff", "topic");
        repo.write("evil.txt", Tokens.any(66)).git("add", "evil.txt");
        repo.git("commit", "-q", "-m", "merge " + Tokens.any(67));
        assertThat(tokens(range("HEAD^!"))).containsExactlyInAnyOrder(anyOf("66 67"));
        assertThat(tokens(range("HEAD^1..HEAD"))).containsExactlyInAnyOrder(anyOf("11 12 66 67"));
    }

    @Test
    void searchesTheTextOfTheCommitsOfTheRangeOnly() {
        repo.write("x", "x").commit("with " + Tokens.any(70));
        repo.write("x", "y").commit("with " + Tokens.any(71));
        assertThat(tokens(range("HEAD~1.."))).containsExactly(Tokens.any(71));
    }

    @Test
    void searchesBranches() {
        assertThat(tokens(branches("topic"))).containsExactlyInAnyOrder(anyOf("1 2 11 12"));
        assertThat(tokens(branches("refs/heads/topic", "main")))
                .containsExactlyInAnyOrder(anyOf("1 2 3 4 11 12"));
        assertThat(tokens(branches("to*"))).containsExactlyInAnyOrder(anyOf("1 2 11 12"));
        GitRepo clone = cloned();
        var selection = GitScans.selection(List.of(), List.of("origin/topic"), Optional.empty());
        assertThat(tokens(scan(clone, selection))).containsExactlyInAnyOrder(anyOf("1 2 11 12"));
        assertThat(branches("nope").isComplete()).isFalse();
    }

    /// The commits are of 1, 2, 3, … January.
    @Test
    void searchesFromADateOn() {
        assertThat(tokens(since("2026-01-05T00:00:00Z", List.of())))
                .containsExactlyInAnyOrder(anyOf("3 4 40"));
        assertThat(tokens(since("2026-01-04T00:00:00Z", List.of("topic"))))
                .containsExactlyInAnyOrder(anyOf("12"));
        assertThat(tokens(since("2027-01-01T00:00:00Z", List.of()))).isEmpty();
    }

    /// Clocks go wrong: a commit counts though its child seems to be older.
    @Test
    void aDateThatGoesBackwardsHidesNothing() {
        repo.write("5.txt", Tokens.any(5)).git("add", "--all");
        repo.shell(
                "export GIT_COMMITTER_DATE=2027-05-01T00:00:00Z GIT_AUTHOR_DATE=2027-05-01T00:00:00Z "
                        + NAMES
                        + "; git commit -qm five");
        for (int i = 0; i < 20; i++) {
            repo.shell(
                    "export GIT_COMMITTER_DATE=2001-01-01T00:00:00Z GIT_AUTHOR_DATE=2001-01-01T00:00:00Z "
                            + NAMES
                            + "; git commit -q --allow-empty -m old");
        }
        assertThat(tokens(since("2027-01-01T00:00:00Z", List.of()))).containsExactly(Tokens.any(5));
    }

    private static final String NAMES =
            "GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a GIT_COMMITTER_NAME=c GIT_COMMITTER_EMAIL=c";

    @Test
    void searchesWhatCanBeReadOfARangeWithAMissingCommit() throws java.io.IOException {
        String lost = repo.git("rev-parse", "HEAD~1").strip();
        java.nio.file.Files.delete(
                repo.folder()
                        .resolve(".git/objects/" + lost.substring(0, 2) + "/" + lost.substring(2)));
        ScanReport report = range("HEAD topic");
        assertThat(report.incidents()).isNotEmpty();
        assertThat(tokens(report)).contains(Tokens.any(4), Tokens.any(11), Tokens.any(12));
    }

    @Test
    void searchesARangeOfAShallowCloneAndSaysWhatIsNotThere() {
        repo.git(
                "clone",
                "-q",
                "--depth=2",
                repo.folder().toUri().toString(),
                folder.resolve("shallow").toString());
        GitRepo shallow = GitRepo.at(folder.resolve("shallow"));
        assertThat(tokens(scan(shallow, ranges("HEAD~1..")))).containsExactly(Tokens.any(4));
        assertThat(
                        new GitRepositories(
                                        PathFilter.ALL,
                                        ranges("HEAD~2..HEAD"),
                                        List.of(),
                                        Optional.empty())
                                .objection(shallow.folder()))
                .hasValueSatisfying(why -> assertThat(why).contains("unshallow"));
    }

    @Test
    void leavesOutPathsThatAreNotWanted() {
        var repositories =
                new GitRepositories(
                        PathFilter.of(List.of("3.txt"), List.of()),
                        ranges("two..main"),
                        List.of(),
                        Optional.empty());
        assertThat(
                        tokens(
                                GitScans.run(
                                        repositories.crawlerFor(repo.folder()).orElseThrow(),
                                        Optional.of(repositories))))
                .containsExactly(Tokens.any(3));
    }

    @Test
    void aTreeThatNamesItselfTenTimesAtEveryLevelEndsSoon() {
        repo.shell(
                """
                tree=$(git rev-parse HEAD:1.txt); type='100644 blob'
                for level in 1 2 3 4 5 6 7 8 9 10; do
                  tree=$(for n in 0 1 2 3 4 5 6 7 8 9; do printf '%s %s\\t%s\\n' "$type" $tree $n; done | git mktree)
                  type='040000 tree'
                done
                a=$(git commit-tree -m bomb $tree)
                tree=$(git rev-parse HEAD:2.txt); type='100644 blob'
                for level in 1 2 3 4 5 6 7 8 9 10; do
                  tree=$(for n in 0 1 2 3 4 5 6 7 8 9; do printf '%s %s\\t%s\\n' "$type" $tree $n; done | git mktree)
                  type='040000 tree'
                done
                git update-ref refs/heads/main $(git commit-tree -p $a -m bomb $tree)
                """);
        assertThat(range("HEAD^!").findings()).hasSizeGreaterThan(1000);
    }

    @Test
    void tagsOfBlobsAndTreesAreSearched() {
        repo.write("loose.txt", Tokens.any(80));
        repo.shell(
                "git tag blob $(git hash-object -w loose.txt); git tag -a -m x tree main^{tree}");
        var findings = range("blob").findings();
        assertThat(findings).extracting(GitScans::token).containsExactly(Tokens.any(80));
        assertThat(findings.getFirst().sighting().provenance())
                .isInstanceOf(Provenance.GitObject.class);
        assertThat(tokens(range("tree"))).containsExactlyInAnyOrder(anyOf("1 2 3 4"));
    }

    private ScanReport range(String range) {
        return scan(repo, ranges(range));
    }

    private ScanReport branches(String... names) {
        return scan(repo, GitScans.selection(List.of(), List.of(names), Optional.empty()));
    }

    private ScanReport since(String date, List<String> branches) {
        return scan(
                repo, GitScans.selection(List.of(), branches, Optional.of(Instant.parse(date))));
    }

    private static HistorySelection ranges(String... ranges) {
        return GitScans.selection(List.of(ranges), List.of(), Optional.empty());
    }

    private static ScanReport scan(GitRepo repo, HistorySelection selection) {
        return GitScans.history(repo.folder(), selection);
    }

    private static List<String> tokens(ScanReport report) {
        return report.findings().stream().map(GitScans::token).toList();
    }

    private static String[] anyOf(String numbers) {
        return numbers.isEmpty()
                ? new String[0]
                : java.util.Arrays.stream(numbers.split(" "))
                        .map(number -> Tokens.any(Long.parseLong(number)))
                        .toArray(String[]::new);
    }
}
