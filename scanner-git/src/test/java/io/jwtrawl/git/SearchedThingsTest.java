package io.jwtrawl.git;

import static io.jwtrawl.git.GitScans.committed;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every kind of thing in a repository that a token may be in, made with the git command line.
class SearchedThingsTest {

    private static final String TOKEN = Tokens.any(1);

    @TempDir Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // before each test
    private GitRepo repo;

    @BeforeEach
    void makeRepository() {
        repo = GitRepo.init(folder.resolve("repo"));
        repo.commit("README", "nothing");
    }

    @Test
    void whatWasAmendedAway() {
        repo.commit("a.txt", TOKEN);
        String amended = repo.head();
        repo.write("a.txt", "clean").git("add", "a.txt");
        repo.git("commit", "-q", "--amend", "-m", "clean");
        Finding finding = only(history());
        assertThat(committed(finding).history().introduced().commit()).isEqualTo(amended);
        assertThat(committed(finding).history().inHead()).isFalse();
    }

    @Test
    void whatADeletedBranchHad() {
        repo.git("checkout", "-q", "-b", "topic");
        repo.commit("a.txt", TOKEN);
        repo.git("checkout", "-q", "main");
        repo.git("branch", "-q", "-D", "topic");
        assertThat(committed(only(history())).path()).isEqualTo("a.txt");
    }

    @Test
    void whatWasMadeInALinkedWorktreeThatMovedOn() {
        Path linked = folder.resolve("linked");
        repo.git("worktree", "add", "-q", "--detach", linked.toString());
        GitRepo.at(linked).commit("a.txt", TOKEN);
        GitRepo.at(linked).git("checkout", "-q", "main~0");
        assertThat(committed(only(history())).path()).isEqualTo("a.txt");
    }

    @Test
    void whatALogTellsOfAndIsGoneIsNoProblem() {
        repo.commit("a.txt", TOKEN);
        String gone = repo.head();
        repo.git("reset", "-q", "--hard", "HEAD~1");
        repo.shell("rm .git/objects/" + gone.substring(0, 2) + "/" + gone.substring(2));
        ScanReport report = history();
        assertThat(report.incidents()).isEmpty();
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void theOtherSideOfAMergeUnderWay() {
        repo.git("checkout", "-q", "-b", "topic");
        repo.commit("a.txt", TOKEN);
        repo.git("checkout", "-q", "main");
        repo.commit("a.txt", "other");
        repo.shell("git merge -q topic; git branch -q -D topic; rm -r .git/logs");
        assertThat(history().findings()).extracting(GitScans::token).contains(TOKEN);
    }

    @Test
    void whatWasFetchedWithoutABranch() {
        GitRepo other = GitRepo.init(folder.resolve("other"));
        other.commit("a.txt", TOKEN);
        repo.git("fetch", "-q", other.folder().toString(), "main");
        assertThat(committed(only(history())).path()).isEqualTo("a.txt");
    }

    @Test
    void whatIsStagedAndOverwrittenInTheWorktree() {
        repo.write("a.txt", TOKEN).git("add", "a.txt");
        repo.write("a.txt", "clean");
        assertThat(only(history()).sighting().provenance())
                .isInstanceOfSatisfying(
                        Provenance.StagedFile.class,
                        staged -> assertThat(staged.path()).isEqualTo("a.txt"));
        repo.git("commit", "-q", "-m", "as staged");
        assertThat(committed(only(history())).path()).isEqualTo("a.txt");
    }

    @Test
    void whatIsStagedInALinkedWorktree() {
        GitRepo linked = GitRepo.at(folder.resolve("linked"));
        repo.git("worktree", "add", "-q", "--detach", linked.folder().toString());
        linked.write("a.txt", TOKEN).git("add", "a.txt");
        assertThat(history(linked).findings()).hasSize(1);
        assertThat(only(history()).sighting().provenance())
                .isInstanceOf(Provenance.StagedFile.class);
    }

    @Test
    void nothingTwiceThatIsStagedAndCommitted() {
        repo.commit("a.txt", TOKEN + "\n");
        repo.write("a.txt", "more\n" + TOKEN + "\n").git("add", "a.txt");
        Finding finding = only(history());
        assertThat(committed(finding).history().inHead()).isTrue();
    }

    @Test
    void whatNothingLeadsToWithAllObjects() {
        repo.commit("a.txt", TOKEN);
        String dangling = repo.head();
        repo.git("reset", "-q", "--hard", "HEAD~1");
        repo.write("b.txt", Tokens.any(2)).git("hash-object", "-w", "b.txt");
        repo.git("tag", "-a", "-m", Tokens.any(3), "gone");
        repo.git("tag", "-d", "gone");
        repo.shell("rm -r .git/logs .git/ORIG_HEAD");
        assertThat(history().findings()).isEmpty();
        for (boolean packed : List.of(false, true)) {
            if (packed) {
                repo.shell(
                        "git cat-file --batch-all-objects --batch-check='%(objectname)'"
                                + " | git pack-objects -q .git/objects/pack/pack && git prune-packed -q");
            }
            ScanReport report = GitScans.history(repo.folder(), HistorySelection.ALL_OBJECTS);
            assertThat(report.incidents()).isEmpty();
            assertThat(report.findings())
                    .extracting(GitScans::token)
                    .containsExactlyInAnyOrder(TOKEN, Tokens.any(2), Tokens.any(3));
            assertThat(report.findings())
                    .filteredOn(finding -> GitScans.token(finding).equals(TOKEN))
                    .singleElement()
                    .satisfies(finding ->
                            assertThat(committed(finding).history().introduced().commit())
                                    .isEqualTo(dangling));
        }
    }

    @Test
    void headersTrailersAndSignatures() {
        repo.write("x", "x");
        repo.git("add", "x");
        repo.git("commit", "-q", "-m", "x", "--trailer", "Token: " + TOKEN);
        repo.shell(
                "GIT_AUTHOR_NAME='"
                        + Tokens.any(2)
                        + "' GIT_AUTHOR_EMAIL=a GIT_COMMITTER_NAME=c GIT_COMMITTER_EMAIL='"
                        + Tokens.any(3)
                        + "' git commit -q --allow-empty -m y");
        repo.shell(
                "( git cat-file commit HEAD | sed '/^$/,$d'; printf 'gpgsig -----BEGIN PGP SIGNATURE-----\\n %s\\n"
                        + " -----END PGP SIGNATURE-----\\n\\nsigned\\n' '"
                        + Tokens.any(4)
                        + "' ) > ../commit; git update-ref HEAD $(git hash-object -t commit -w ../commit)");
        repo.git("notes", "add", "-m", Tokens.any(5));
        assertThat(history().findings())
                .extracting(GitScans::token)
                .contains(TOKEN, Tokens.any(2), Tokens.any(3), Tokens.any(4), Tokens.any(5));
    }

    @Test
    void symbolicLinksAndNoSubmoduleAsContent() {
        repo.shell("ln -s '" + TOKEN + "' link && git add link");
        repo.git(
                "update-index",
                "--add",
                "--cacheinfo",
                "160000,1111111111111111111111111111111111111111,sub");
        repo.git("commit", "-q", "-m", "both");
        ScanReport report = history();
        assertThat(report.incidents()).isEmpty();
        assertThat(committed(only(report)).path()).isEqualTo("link");
    }

    @Test
    void contentThatTheWorktreeHasInAnotherEncoding() throws IOException {
        repo.write(".gitattributes", "*.txt working-tree-encoding=UTF-16LE eol=crlf\n");
        Files.write(
                repo.folder().resolve("a.txt"),
                ("one\r\n" + TOKEN + "\r\n").getBytes(StandardCharsets.UTF_16LE));
        repo.commit("in UTF-16");
        assertThat(repo.git("cat-file", "blob", "HEAD:a.txt")).isEqualTo("one\n" + TOKEN + "\n");
        Finding finding = only(history());
        assertThat(finding.sighting().position().line()).isEqualTo(2);
        assertThat(finding.place().encoding()).isEmpty();
    }

    @Test
    void everyRefOfAMirror() {
        repo.git("checkout", "-q", "-b", "topic");
        repo.commit("a.txt", TOKEN);
        repo.shell(
                "git update-ref refs/pull/1/head HEAD; git checkout -q main; git branch -qD topic");
        repo.git("clone", "-q", "--mirror", ".", folder.resolve("mirror.git").toString());
        assertThat(only(history(GitRepo.at(folder.resolve("mirror.git"))))).isNotNull();
    }

    @Test
    void whatAPartialCloneHasAndHowMuchItLacks() {
        repo.git("config", "uploadpack.allowFilter", "true");
        repo.commit("a.txt", TOKEN);
        repo.commit("large.txt", "x".repeat(5_000));
        repo.commit("large.txt", "y".repeat(5_000));
        repo.git(
                "clone",
                "-q",
                "--bare",
                "--filter=blob:limit=1k",
                repo.folder().toUri().toString(),
                folder.resolve("partial").toString());
        ScanReport report = history(GitRepo.at(folder.resolve("partial")));
        assertThat(report.findings()).hasSize(1);
        assertThat(report.incidents())
                .singleElement()
                .satisfies(incident ->
                        assertThat(incident.what())
                                .isEqualTo("2 objects were not fetched into this partial clone"));
    }

    @Test
    void theReplacementAndWhatItHides() {
        repo.commit("a.txt", TOKEN);
        String hidden = repo.head();
        repo.git("checkout", "-q", "--orphan", "instead");
        repo.git("rm", "-q", "-f", "a.txt");
        repo.commit("b.txt", Tokens.any(2));
        String shown = repo.head();
        repo.git("checkout", "-q", "main");
        repo.git("branch", "-q", "-D", "instead");
        repo.git("replace", hidden, shown);
        assertThat(repo.git("log", "-p")).contains(Tokens.any(2)).doesNotContain(TOKEN);
        ScanReport report = history();
        assertThat(report.incidents()).isEmpty();
        assertThat(report.findings())
                .filteredOn(finding -> GitScans.token(finding).equals(Tokens.any(2)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(committed(finding).history().inHead()).isTrue();
                    assertThat(committed(finding).path()).isEqualTo("b.txt");
                });
        assertThat(report.findings())
                .filteredOn(finding -> GitScans.token(finding).equals(TOKEN))
                .singleElement()
                .satisfies(finding ->
                        assertThat(committed(finding).history().introduced().commit())
                                .isEqualTo(hidden));
    }

    @Test
    void bothSidesOfAGraft() throws IOException {
        String first = repo.commit("a.txt", TOKEN);
        repo.git("checkout", "-q", "--orphan", "new");
        String second = repo.commit("b.txt", Tokens.any(2));
        repo.git("branch", "-q", "-D", "main");
        repo.shell("rm -r .git/logs");
        assertThat(history().findings()).extracting(GitScans::token).doesNotContain(TOKEN + "x");
        Files.createDirectories(repo.folder().resolve(".git/info"));
        Files.writeString(repo.folder().resolve(".git/info/grafts"), second + " " + first + "\n");
        assertThat(repo.shell("git log --format=%H 2>/dev/null").lines()).contains(first);
        ScanReport report = history();
        assertThat(report.incidents()).isEmpty();
        assertThat(report.findings())
                .filteredOn(finding -> GitScans.token(finding).equals(TOKEN))
                .singleElement()
                .satisfies(finding ->
                        assertThat(committed(finding).history().introduced().commit())
                                .isEqualTo(first));
        Files.writeString(repo.folder().resolve(".git/info/grafts"), "nonsense\n");
        assertThat(history().incidents())
                .singleElement()
                .satisfies(incident -> assertThat(incident.what()).contains("graft"));
    }

    @Test
    void contentInGitLfs() throws Exception {
        byte[] content = ("log\n" + TOKEN + "\n").getBytes(StandardCharsets.UTF_8);
        lfs("a.bin", content, true);
        lfs("b.bin", "not fetched".getBytes(StandardCharsets.UTF_8), false);
        repo.commit("pointers");
        ScanReport report = history();
        Finding finding = only(report.findings());
        assertThat(committed(finding).path()).isEqualTo("a.bin");
        assertThat(finding.sighting().position().line()).isEqualTo(2);
        assertThat(report.incidents())
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident).isInstanceOf(Incident.Skipped.class);
                    assertThat(incident.what()).contains("Git LFS has not fetched");
                });
    }

    @Test
    void contentInGitLfsThatIsOnlyStaged() throws Exception {
        lfs("a.bin", TOKEN.getBytes(StandardCharsets.UTF_8), true);
        repo.git("add", "a.bin");
        assertThat(GitScans.staged(repo.folder()).findings()).hasSize(1);
        repo.git("commit", "-q", "-m", "as it is");
        assertThat(GitScans.staged(repo.folder()).findings()).isEmpty();
    }

    private void lfs(String path, byte[] content, boolean fetched) throws Exception {
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        repo.write(
                path,
                "version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %d\n"
                        .formatted(sha256, content.length));
        if (fetched) {
            Path file =
                    repo.folder()
                            .resolve(
                                    ".git/lfs/objects/"
                                            + sha256.substring(0, 2)
                                            + "/"
                                            + sha256.substring(2, 4)
                                            + "/"
                                            + sha256);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        }
    }

    private ScanReport history() {
        return history(repo);
    }

    private static ScanReport history(GitRepo repository) {
        return GitScans.history(repository.folder());
    }

    private static Finding only(ScanReport report) {
        assertThat(report.incidents()).isEmpty();
        return only(report.findings());
    }

    private static Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }
}
