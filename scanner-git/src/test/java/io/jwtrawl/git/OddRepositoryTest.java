package io.jwtrawl.git;

import static io.jwtrawl.git.GitScans.committed;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.git.objects.ObjectDatabase;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectReader;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Repositories that are broken, or made to do harm. The time limit is there for what would never end.
@Timeout(300)
class OddRepositoryTest {

    private static final String TOKEN = Tokens.any(1);

    @TempDir Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // before each test
    private GitRepo repo;

    @BeforeEach
    void makeRepository() {
        repo = GitRepo.init(folder.resolve("repo"));
        repo.commit("a.txt", TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"refs/heads/pipe", "HEAD", "packed-refs", "config", "shallow"})
    void namesAPipeAndDoesNotOpenIt(String name) {
        repo.shell("rm -f .git/" + name + " && mkfifo .git/" + name);
        assertThat(only(GitScans.history(repo.folder())))
                .contains("/.git/" + name + ": not a regular file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"refs/heads/zero", "HEAD", "packed-refs", "config", "shallow"})
    void namesALinkToADeviceAndDoesNotReadIt(String name) {
        repo.shell("ln -sf /dev/zero .git/" + name);
        assertThat(only(GitScans.history(repo.folder())))
                .contains("/.git/" + name + ": not a regular file");
    }

    @Test
    void namesPipesAmongObjects() {
        String blob = repo.git("rev-parse", "HEAD:a.txt").strip();
        String file = blob.substring(0, 2) + "/" + blob.substring(2);
        repo.shell("rm -f .git/objects/" + file + " && mkfifo .git/objects/" + file);
        assertThat(only(GitScans.history(repo.folder())))
                .contains("blob:" + blob + ": not a regular file");
        repo.shell("mkfifo .git/objects/info/alternates");
        assertThat(GitScans.history(repo.folder()).incidents()).hasSize(2);
        String pack = ".git/objects/pack/pack-" + "0".repeat(40);
        repo.shell("mkfifo " + pack + ".idx; touch " + pack + ".pack");
        assertThat(GitScans.history(repo.folder()).incidents())
                .extracting(OddRepositoryTest::text)
                .anyMatch(text -> text.contains(".idx is not a regular file"))
                .hasSize(3);
    }

    @Test
    void refusesRefsThatAreTooLarge() {
        repo.shell("truncate -s 100G .git/packed-refs .git/refs/heads/large");
        assertThat(GitScans.history(repo.folder()).incidents())
                .extracting(OddRepositoryTest::text)
                .allMatch(text -> text.contains("larger than"))
                .hasSize(2);
        assertThat(GitScans.history(repo.folder()).findings()).hasSize(1);
    }

    @Test
    void neverReadsWhatTheConfigurationIncludes() {
        repo.shell("mkfifo pipe; git config include.path ../pipe");
        ScanReport report = GitScans.history(repo.folder());
        assertThat(report.incidents()).isEmpty();
        assertThat(report.findings()).hasSize(1);
    }

    @Test
    void neverReadsTheConfigurationOfARepositoryThatItBorrowsFrom() throws IOException {
        GitRepo borrower = GitRepo.init(folder.resolve("borrower"));
        Files.writeString(
                borrower.folder().resolve(".git/objects/info/alternates"),
                "../../../repo/.git/objects\n");
        Files.writeString(borrower.folder().resolve(".git/refs/heads/main"), repo.head() + "\n");
        repo.shell("rm .git/config && mkfifo .git/config");
        ScanReport report = GitScans.history(borrower.folder());
        assertThat(report.incidents()).isEmpty();
        assertThat(report.findings()).hasSize(1);
    }

    @Test
    void namesARepositoryToBorrowFromThatIsGone() throws IOException {
        Files.writeString(
                repo.folder().resolve(".git/objects/info/alternates"), "/nowhere/objects\n");
        assertThat(only(GitScans.history(repo.folder()))).contains("no objects at /nowhere");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zzzz", "", "0000000000000000000000000000000000000000", "ref"})
    void namesABrokenRef(String content) throws IOException {
        Files.writeString(repo.folder().resolve(".git/refs/heads/broken"), content);
        assertThat(only(GitScans.history(repo.folder())))
                .contains("/.git/refs/heads/broken: a broken ref");
    }

    @Test
    void namesPackedRefsWithABrokenLineAndUsesTheOthers() throws IOException {
        repo.git("pack-refs", "--all");
        Path packed = repo.folder().resolve(".git/packed-refs");
        Files.writeString(packed, "garbage\n" + Files.readString(packed));
        ScanReport report = GitScans.history(repo.folder());
        assertThat(only(report)).contains("/.git/packed-refs: a broken ref");
        assertThat(committed(report.findings().getFirst()).history().inHead()).isTrue();
    }

    @Test
    void passesOverRefsToRefsThatAreNotThere() {
        repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gone");
        assertThat(GitScans.history(repo.folder()).incidents()).isEmpty();
    }

    @Test
    void readsHeadAndObjectsThroughLinks() {
        repo.shell("cd .git && rm HEAD && ln -s refs/heads/main HEAD");
        repo.shell("mv .git/objects ../elsewhere && ln -s ../../elsewhere .git/objects");
        ScanReport report = GitScans.history(repo.folder());
        assertThat(report.incidents()).isEmpty();
        assertThat(committed(report.findings().getFirst()).history().inHead()).isTrue();
    }

    @Test
    void namesALinkToObjectsThatLeadsNowhere() {
        repo.shell("rm -r .git/objects && ln -s /nowhere .git/objects");
        assertThat(only(GitScans.history(repo.folder()))).contains("not a folder");
    }

    @Test
    void namesAMissingCommitOnceHoweverManyRefsLeadToIt() throws IOException {
        String lost = repo.commit("b.txt", "to be lost");
        repo.git("branch", "same");
        repo.git("checkout", "-q", "--detach");
        Files.delete(
                repo.folder()
                        .resolve(".git/objects/" + lost.substring(0, 2) + "/" + lost.substring(2)));
        assertThat(only(GitScans.history(repo.folder()))).contains(lost + ": object is missing");
    }

    @Test
    void namesAMissingTreeOnceEvenWhenCommitsAreToldAbout() throws IOException {
        repo.commit("sub/b.txt", "to be lost");
        String lost = repo.git("rev-parse", "HEAD:sub").strip();
        Files.delete(
                repo.folder()
                        .resolve(".git/objects/" + lost.substring(0, 2) + "/" + lost.substring(2)));
        assertThat(only(GitScans.history(repo.folder()))).contains("tree:" + lost);
    }

    @Test
    void namesRefsThatAreKeptAsReftable() {
        repo.write(".git/reftable/tables.list", "");
        assertThat(only(GitScans.history(repo.folder())))
                .contains("reftable")
                .contains("not supported yet");
    }

    /// Git writes such a table only for packs above 2 GiB, unless it is asked to.
    @Test
    void readsIndexesWithOffsetsOfEightBytes() throws IOException {
        for (int i = 2; i < 40; i++) {
            repo.commit("b" + i % 5 + ".txt", Tokens.any(i) + "\n" + "x".repeat(i));
        }
        List<String> before =
                GitScans.history(repo.folder()).findings().stream().map(GitScans::token).toList();
        repo.shell(
                "git repack -adfq && p=$(ls .git/objects/pack/*.pack) && rm -f ${p%.pack}.idx"
                        + " && git index-pack --index-version=2,0x40 $p");
        try (ObjectDatabase database =
                        GitRepository.at(repo.folder()).orElseThrow().objects((_, _) -> {});
                ObjectReader reader = database.newReader()) {
            String ids = repo.git("cat-file", "--batch-all-objects", "--batch-check");
            for (String line : ids.lines().toList()) {
                String id = line.substring(0, line.indexOf(' '));
                assertThat(reader.read(ObjectId.fromString(id)).bytes())
                        .hasSize(Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)));
            }
        }
        ScanReport report = GitScans.history(repo.folder());
        assertThat(report.incidents()).isEmpty();
        assertThat(report.findings().stream().map(GitScans::token).toList()).isEqualTo(before);
        Path index;
        try (var files = Files.list(repo.folder().resolve(".git/objects/pack"))) {
            index =
                    files.filter(file -> file.toString().endsWith(".idx"))
                            .findFirst()
                            .orElseThrow();
        }
        long objects = repo.git("cat-file", "--batch-all-objects", "--batch-check").lines().count();
        assertThat(Files.size(index))
                .as("has a table of large offsets")
                .isGreaterThan(8 + 1024 + objects * 28 + 40);
    }

    @Test
    void searchesARepositoryWithSha256() {
        GitRepo other = GitRepo.init(folder.resolve("sha256"), "--object-format=sha256");
        other.commit("a.txt", TOKEN);
        String commit = other.head();
        other.git("rm", "-q", "a.txt");
        other.commit("b.txt", "gone");
        ScanReport loose = GitScans.history(other.folder());
        other.git("gc", "--quiet");
        for (ScanReport report : List.of(loose, GitScans.history(other.folder()))) {
            assertThat(report.incidents()).isEmpty();
            assertThat(report.findings())
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(committed(finding).path()).isEqualTo("a.txt");
                        assertThat(committed(finding).history().introduced().commit())
                                .isEqualTo(commit);
                        assertThat(committed(finding).history().removedBy()).contains(other.head());
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "99999999999999999 +0000",
                "9223372036854775807 +0000",
                "-1 +0000",
                "253402300800 +0000",
                "1 +9999999",
                "x"
            })
    void anAbsurdDateCostsOnlyTheDate(String date) {
        repo.write("b.txt", Tokens.any(2)).git("add", "b.txt");
        String tree = repo.git("write-tree").strip();
        repo.write(
                "commit",
                "tree %s\nparent %s\nauthor Eve <eve@example.org> %s\ncommitter C <c@example.org> %s\n\nodd\n"
                        .formatted(tree, repo.head(), date, date));
        String commit =
                repo.git("hash-object", "--literally", "-t", "commit", "-w", "commit").strip();
        repo.write(".git/refs/heads/main", commit + "\n");

        ScanReport report = GitScans.history(repo.folder());
        assertThat(report.incidents()).isEmpty();
        assertThat(report.findings())
                .filteredOn(finding -> GitScans.token(finding).equals(Tokens.any(2)))
                .singleElement()
                .satisfies(finding -> {
                    Provenance.History history = committed(finding).history();
                    assertThat(history.introduced().commit()).isEqualTo(commit);
                    assertThat(history.introduced().author()).isEqualTo("Eve");
                    // Of "1 +9999999" only the time zone is absurd.
                    assertThat(history.introduced().authored())
                            .isEqualTo(
                                    date.startsWith("1 ")
                                            ? Optional.of(Instant.ofEpochSecond(1))
                                            : Optional.empty());
                });
        assertThat(report.findings())
                .filteredOn(finding -> GitScans.token(finding).equals(TOKEN))
                .singleElement()
                .satisfies(finding ->
                        assertThat(committed(finding).history().introduced().author())
                                .isEqualTo("Ada Author"));
    }

    @Test
    void tenThousandMillionPathsAreToldUpToALimit() {
        repo.shell(
                """
                tree=$(git rev-parse HEAD:a.txt); type='100644 blob'
                for level in 1 2 3 4 5 6 7 8 9 10; do
                  tree=$(for n in 0 1 2 3 4 5 6 7 8 9; do printf '%s %s\\t%s\\n' "$type" $tree $n; done | git mktree)
                  type='040000 tree'
                done
                git update-ref refs/heads/main $(git commit-tree -m bomb $tree)
                rm -r .git/logs
                """);
        ScanReport report = GitScans.history(repo.folder());
        assertThat(report.findings())
                .filteredOn(finding ->
                        finding.sighting().provenance() instanceof Provenance.CommittedFile)
                .hasSize(PathLists.MAX_PATHS);
        assertThat(report.incidents())
                .isNotEmpty()
                .allSatisfy(incident -> {
                    assertThat(incident).isInstanceOf(Incident.Skipped.class);
                    assertThat(incident.what()).contains("more than 10000 paths");
                });
        repo.write("0/b.txt", Tokens.any(2)).git("add", "0/b.txt");
        assertThat(GitScans.staged(repo.folder()).findings())
                .extracting(GitScans::token)
                .contains(Tokens.any(2));
    }

    /// Of two versions, Git keeps the larger one whole and the other as what is different.
    @Test
    void searchesALargeDelta() {
        repo.shell("seq -f 'a line of a long log, number %.0f' 1 1800000 > large.log");
        repo.shell("echo '" + Tokens.any(2) + "' >> large.log");
        repo.commit("a long log");
        String old = repo.git("rev-parse", "HEAD:large.log").strip();
        repo.shell("sed -i '$d' large.log && seq 1800000 1900000 >> large.log");
        repo.commit("a longer one");
        repo.git("gc", "--quiet", "--prune=now");
        String kept = repo.shell("git verify-pack -v .git/objects/pack/*.idx | grep ^" + old);
        assertThat(kept.strip().split(" +")).as("with its depth and its base").hasSize(7);
        assertThat(GitScans.history(repo.folder()).findings())
                .extracting(GitScans::token)
                .containsExactlyInAnyOrder(TOKEN, Tokens.any(2));
    }

    @Test
    void stagedReadsNoIndexThatIsNoFile() {
        repo.shell("rm .git/index && mkfifo .git/index");
        assertThat(only(GitScans.staged(repo.folder()))).contains("not a regular file");
    }

    @Test
    void cancelledAttributionPassesOnWhatWasFound() throws InterruptedException {
        var repositories = new GitRepositories(PathFilter.ALL);
        ScanReport report =
                GitScans.run(
                        repositories.crawlerFor(repo.folder()).orElseThrow(), Optional.empty());
        var sightings = report.findings().stream().map(Finding::sighting).toList();
        assertThat(repositories.attribute(sightings, GitScans.scan(true))).isEqualTo(sightings);
        assertThat(repositories.attribute(sightings, GitScans.scan(false)))
                .singleElement()
                .satisfies(sighting ->
                        assertThat(sighting.provenance())
                                .isInstanceOf(Provenance.CommittedFile.class));
    }

    private static String only(ScanReport report) {
        assertThat(report.incidents()).as(report.incidents().toString()).hasSize(1);
        return text(report.incidents().getFirst());
    }

    private static String text(Incident incident) {
        return String.format(Locale.ROOT, "%s: %s", incident.where().display(), incident.what());
    }
}
