package io.jwtrawl.git;

import static io.jwtrawl.git.GitScans.committed;
import static io.jwtrawl.git.GitScans.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.Position;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import io.jwtrawl.token.Sighting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryScanTest {

    private static final String TOKEN = Tokens.any(1);

    @TempDir Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // before each test
    private GitRepo repo;

    @BeforeEach
    void makeRepository() {
        repo = GitRepo.init(folder.resolve("repo"));
    }

    @Test
    void tellsWhoBroughtATokenInAndWhoTookItOut() {
        repo.commit("README", "nothing");
        String introduced = repo.commit("config.yaml", "a: 1\nkey: " + TOKEN + "\n");
        repo.commit("config.yaml", "moved: down\na: 1\nkey: " + TOKEN + "\n");
        String removed = repo.commit("config.yaml", "a: 1\n");
        repo.commit("README", "more");

        Finding finding = only(GitScans.history(repo.folder()));
        assertThat(token(finding)).isEqualTo(TOKEN);
        assertThat(committed(finding).path()).isEqualTo("config.yaml");
        assertThat(finding.sighting().position()).isEqualTo(new Position(10, 2, 6));
        Provenance.History history = committed(finding).history();
        assertThat(history.introduced().commit()).isEqualTo(introduced);
        assertThat(history.introduced().author()).isEqualTo("Ada Author");
        assertThat(history.introduced().email()).isEqualTo("ada@example.org");
        assertThat(history.introduced().authored()).contains(Instant.parse("2026-01-02T12:00:00Z"));
        assertThat(history.removedBy()).contains(removed);
        assertThat(history.inHead()).isFalse();
        assertThat(finding.sighting().since()).contains(Instant.parse("2026-01-02T12:00:00Z"));
    }

    @Test
    void tellsThatATokenIsStillThere() {
        repo.commit("a.txt", TOKEN);
        Provenance.History history = committed(only(GitScans.history(repo.folder()))).history();
        assertThat(history.inHead()).isTrue();
        assertThat(history.removedBy()).isEmpty();
    }

    @Test
    void findsTheSameWhetherObjectsAreLooseOrPacked() {
        repo.commit("a.txt", "x".repeat(5_000) + TOKEN);
        repo.commit("a.txt", "y" + "x".repeat(5_000) + TOKEN);
        repo.commit("b/c.txt", Tokens.any(2));
        List<Finding> loose = GitScans.history(repo.folder()).findings();
        repo.git("gc", "--quiet", "--aggressive", "--prune=now");
        assertThat(GitScans.history(repo.folder()).findings()).isEqualTo(loose).hasSize(2);
    }

    @Test
    void aBlobAtTwoPathsIsTwoPlaces() {
        repo.write("a.txt", TOKEN).write("b/a.txt", TOKEN).commit("two");
        List<Finding> findings = GitScans.history(repo.folder()).findings();
        assertThat(findings)
                .extracting(finding -> committed(finding).path())
                .containsExactly("a.txt", "b/a.txt");
        assertThat(findings)
                .allSatisfy(finding -> assertThat(finding.sprawl().places()).isEqualTo(2));
    }

    @Test
    void aRenameEndsOnePlaceAndBeginsAnother() {
        String introduced = repo.commit("old.txt", TOKEN);
        repo.git("mv", "old.txt", "new.txt");
        String renamed = repo.commit("rename");
        List<Finding> findings = GitScans.history(repo.folder()).findings();
        assertThat(findings).hasSize(2);
        Provenance.CommittedFile now = committed(findings.get(0));
        Provenance.CommittedFile before = committed(findings.get(1));
        assertThat(now.path()).isEqualTo("new.txt");
        assertThat(now.history().introduced().commit()).isEqualTo(renamed);
        assertThat(now.history().inHead()).isTrue();
        assertThat(before.history().introduced().commit()).isEqualTo(introduced);
        assertThat(before.history().removedBy()).contains(renamed);
    }

    @Test
    void aMergeBringsNothingInThatABranchBrought() {
        repo.commit("README", "x");
        repo.git("checkout", "-q", "-b", "topic");
        String introduced = repo.commit("topic.txt", TOKEN);
        repo.git("checkout", "-q", "main");
        repo.commit("README", "y");
        repo.git("merge", "-q", "--no-edit", "topic");
        Provenance.History history = committed(only(GitScans.history(repo.folder()))).history();
        assertThat(history.introduced().commit()).isEqualTo(introduced);
        assertThat(history.inHead()).isTrue();
    }

    @Test
    void whatAMergeItselfAddsCameWithTheMerge() {
        repo.commit("README", "x");
        repo.git("checkout", "-q", "-b", "topic");
        repo.commit("topic.txt", "y");
        repo.git("checkout", "-q", "main");
        repo.commit("README", "z");
        repo.git("merge", "-q", "--no-commit", "--no-ff", "topic");
        String merge = repo.commit("evil.txt", TOKEN);
        assertThat(committed(only(GitScans.history(repo.folder()))).history().introduced().commit())
                .isEqualTo(merge);
    }

    @Test
    void aTokenOnAnotherBranchIsFoundAndNotInHead() {
        repo.commit("README", "x");
        repo.git("checkout", "-q", "-b", "topic");
        repo.commit("topic.txt", TOKEN);
        repo.git("checkout", "-q", "main");
        Provenance.History history = committed(only(GitScans.history(repo.folder()))).history();
        assertThat(history.inHead()).isFalse();
        assertThat(history.removedBy()).isEmpty();
    }

    @Test
    void tellsTheCommitterTheBranchesAndWhereTheSiteShowsIt() {
        repo.git("remote", "add", "origin", "git@github.com:example/app.git");
        repo.commit("base.txt", "base");
        String introduced = repo.commit("conf/a.txt", "first line\n" + TOKEN);
        repo.git("branch", "left");
        repo.git("update-ref", "refs/remotes/origin/main", introduced);
        repo.git("rm", "-q", "conf/a.txt");
        repo.commit("gone");
        var history = committed(only(GitScans.history(repo.folder()))).history();
        assertThat(history.introduced().committer()).isEqualTo("Carl Committer");
        assertThat(history.introduced().committerEmail()).isEqualTo("carl@example.org");
        assertThat(history.branches()).containsExactly("left", "origin/main");
        assertThat(history.permalink().map(Object::toString))
                .contains("https://github.com/example/app/blob/" + introduced + "/conf/a.txt#L2");
    }

    @Test
    void aTokenThatMovesWithinItsDisguiseStays() {
        String encoded =
                Base64.getEncoder().encodeToString(TOKEN.getBytes(StandardCharsets.US_ASCII));
        String introduced = repo.commit("a.yaml", "secret: " + encoded + "\n");
        repo.commit("a.yaml", "# a line before it\nsecret: " + encoded + "\n");
        repo.commit("a.yaml", "plain: " + TOKEN + "\n");
        var history = committed(only(GitScans.history(repo.folder()))).history();
        assertThat(history.introduced().commit()).isEqualTo(introduced);
        assertThat(history.removedBy()).isEmpty();
        assertThat(history.inHead()).isTrue();
    }

    @Test
    void leavesOutWhatNothingLeadsToAnyMore() {
        repo.commit("a.txt", TOKEN);
        repo.commit("b.txt", Tokens.any(2) + " in a file that is amended away");
        repo.git("rm", "-q", "b.txt");
        repo.git("commit", "-q", "--amend", "--allow-empty", "-m", "nothing");
        repo.git("repack", "-adkq");
        assertThat(GitScans.history(repo.folder()).findings())
                .as("while a reflog leads to it")
                .extracting(GitScans::token)
                .containsExactlyInAnyOrder(TOKEN, Tokens.any(2));
        repo.git("reflog", "expire", "--expire=now", "--all");
        assertThat(GitScans.history(repo.folder()).findings())
                .extracting(GitScans::token)
                .containsExactly(TOKEN);
    }

    @Test
    void searchesCommitAndTagMessages() {
        repo.write("a", "x");
        String commit = repo.commit("Use " + TOKEN + " for now");
        repo.git("tag", "-a", "v1", "-m", "with " + Tokens.any(2));
        List<Finding> findings = GitScans.history(repo.folder()).findings();
        assertThat(findings).hasSize(2);
        assertThat(findings)
                .filteredOn(finding -> token(finding).equals(TOKEN))
                .extracting(finding -> (Provenance.GitMessage) finding.sighting().provenance())
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.objectId()).isEqualTo(commit);
                    assertThat(message.authorship().author()).isEqualTo("Ada Author");
                    assertThat(message.inHead()).isTrue();
                });
    }

    @Test
    void searchesStashAndNotes() {
        repo.commit("a.txt", "x");
        repo.write("a.txt", TOKEN);
        repo.git("stash", "-q");
        repo.git("notes", "add", "-m", Tokens.any(2));
        assertThat(GitScans.history(repo.folder()).findings())
                .extracting(GitScans::token)
                .contains(TOKEN, Tokens.any(2));
    }

    @Test
    void searchesEveryEntryOfTheStash() {
        repo.commit("a.txt", "x");
        repo.write("a.txt", TOKEN);
        repo.git("stash", "-q");
        repo.write("a.txt", "another change");
        repo.git("stash", "-q");
        assertThat(GitScans.history(repo.folder()).findings())
                .extracting(GitScans::token)
                .containsExactly(TOKEN);
    }

    @Test
    void searchesWhatOnlyTheHeadOfALinkedWorktreeReaches() {
        repo.commit("a.txt", "x");
        GitRepo linked = linkedWorktree();
        linked.commit("b.txt", TOKEN);
        linked.commit("b.txt", "gone");
        for (Path entry : List.of(repo.folder(), linked.folder())) {
            Finding finding = only(GitScans.history(entry));
            assertThat(committed(finding).repository()).isEqualTo(entry);
            assertThat(committed(finding).history().removedBy()).contains(linked.head());
        }
    }

    @Test
    void aRepositoryWithTwoWorktreesIsSearchedOnceAndNamedAfterTheMainOne() {
        repo.commit("a.txt", TOKEN);
        GitRepo linked = linkedWorktree();
        linked.commit("a.txt", "gone");
        for (List<Path> order :
                List.of(
                        List.of(repo.folder(), linked.folder()),
                        List.of(linked.folder(), repo.folder()))) {
            var repositories = new GitRepositories(PathFilter.ALL);
            Finding finding =
                    only(
                            GitScans.run(
                                    order.stream()
                                            .map(path ->
                                                    repositories.crawlerFor(path).orElseThrow())
                                            .toList(),
                                    List.of(repositories)));
            assertThat(committed(finding).repository()).isEqualTo(repo.folder());
            assertThat(committed(finding).history().inHead()).isTrue();
        }
    }

    @Test
    void leavesOutGitsOwnCopiesOfAMessageThatIsReported() {
        repo.write("a", "x").commit("Use " + TOKEN);
        Path draft = repo.folder().resolve(".git/COMMIT_EDITMSG");
        Path log = repo.folder().resolve(".git/logs/HEAD");
        Path config = repo.folder().resolve(".git/config");
        var repositories = new GitRepositories(PathFilter.ALL);
        Finding message =
                only(
                        GitScans.run(
                                repositories.crawlerFor(repo.folder()).orElseThrow(),
                                Optional.empty()));
        Sighting inMessage = message.sighting();
        List<Sighting> sightings = new ArrayList<>(List.of(inMessage));
        for (Path file : List.of(draft, log, config)) {
            sightings.add(
                    new Sighting(
                            inMessage.token(),
                            new Provenance.LocalFile(folder, file),
                            inMessage.position(),
                            Optional.empty()));
        }
        assertThat(repositories.attribute(sightings, GitScans.scan(false)))
                .extracting(sighting -> sighting.provenance().getClass().getSimpleName())
                .containsExactly("GitMessage", "LocalFile");
        // Of a commit that was amended the log has the only trace.
        assertThat(repositories.attribute(sightings.subList(1, 4), GitScans.scan(false)))
                .hasSize(3);
    }

    private GitRepo linkedWorktree() {
        Path linked = folder.resolve("linked");
        repo.git("worktree", "add", "-q", "--detach", linked.toString());
        return GitRepo.at(linked);
    }

    @Test
    void theHistoryOfASubmoduleIsNamedAfterItsWorktree() {
        GitRepo inner = GitRepo.init(folder.resolve("inner"));
        inner.commit("a.txt", TOKEN);
        repo.git(
                "-c",
                "protocol.file.allow=always",
                "submodule",
                "--quiet",
                "add",
                inner.folder().toString(),
                "sub");
        var repositories = new GitRepositories(PathFilter.ALL);
        List<Crawler> crawlers =
                List.of(
                        repositories
                                .crawlerFor(repo.folder().resolve(".git/modules/sub"))
                                .orElseThrow(),
                        repositories.crawlerFor(repo.folder().resolve("sub/.git")).orElseThrow());
        assertThat(committed(only(GitScans.run(crawlers, List.of(repositories)))).repository())
                .isEqualTo(repo.folder().resolve("sub"));
    }

    @Test
    void aRepositoryThatIsRemovedOnceItIsAttributedIsStillTold() {
        repo.commit("a.txt", Tokens.any(1));
        var repositories = new GitRepositories(PathFilter.ALL);
        repositories.removeWhenDone(repo.folder(), () -> repo.shell("rm -rf .git a.txt"));
        ScanReport report =
                GitScans.run(
                        repositories.crawlerFor(repo.folder()).orElseThrow(),
                        Optional.of(repositories));
        assertThat(repo.folder().resolve(".git")).doesNotExist();
        assertThat(report.incidents()).isEmpty();
        assertThat(report.findings()).hasSize(1);
        assertThat(repositories.seen())
                .singleElement()
                .satisfies(seen -> assertThat(seen.branch()).hasValue("main"));
    }

    @Test
    void anEmptyRepositoryIsNothingSpecial() {
        ScanReport report = GitScans.history(repo.folder());
        assertThat(report.findings()).isEmpty();
        assertThat(report.isComplete()).isTrue();
    }

    @Test
    void readsBareShallowAndLinkedRepositories() {
        repo.commit("a.txt", TOKEN);
        repo.commit("a.txt", "gone");
        repo.commit("b.txt", Tokens.any(2));
        repo.git("clone", "-q", "--bare", ".", folder.resolve("bare.git").toString());
        repo.git(
                "clone",
                "-q",
                "--depth",
                "1",
                repo.folder().toUri().toString(),
                folder.resolve("shallow").toString());
        repo.git("worktree", "add", "-q", folder.resolve("linked").toString(), "HEAD~1");

        assertThat(GitScans.history(folder.resolve("bare.git")).findings()).hasSize(2);
        ScanReport shallow = GitScans.history(folder.resolve("shallow"));
        assertThat(shallow.findings()).extracting(GitScans::token).containsExactly(Tokens.any(2));
        assertThat(shallow.isComplete()).isTrue();
        assertThat(GitScans.history(folder.resolve("linked")).findings()).hasSize(2);
    }

    @Test
    void namesAMissingBlobAndGoesOn() throws IOException {
        repo.commit("a.txt", TOKEN);
        repo.commit("b.txt", "to be lost");
        String lost = repo.git("rev-parse", "HEAD:b.txt").strip();
        Files.delete(object(lost));
        ScanReport report = GitScans.history(repo.folder());
        assertThat(report.findings()).hasSize(1);
        assertThat(report.incidents())
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident.where().display()).contains("blob:" + lost);
                    assertThat(incident.what()).contains("missing");
                });
    }

    @Test
    void namesAMissingTreeACorruptBlobAndAMissingCommitAndGoesOn() throws IOException {
        repo.commit("base.txt", "base");
        String lostCommit = repo.head();
        repo.commit("sub/a.txt", "in the lost tree");
        String lostTree = repo.git("rev-parse", "HEAD:sub").strip();
        repo.commit("c.txt", "to be spoilt");
        String spoilt = repo.git("rev-parse", "HEAD:c.txt").strip();
        repo.commit("a.txt", TOKEN);
        Files.delete(object(lostTree));
        Files.delete(object(lostCommit));
        Files.delete(object(spoilt));
        Files.write(object(spoilt), "this is not zlib".getBytes(StandardCharsets.US_ASCII));

        ScanReport report = GitScans.history(repo.folder());
        assertThat(report.findings()).hasSize(1);
        assertThat(committed(report.findings().getFirst()).path()).isEqualTo("a.txt");
        assertThat(report.incidents())
                .extracting(incident -> incident.where().display())
                .anyMatch(where -> where.endsWith("tree:" + lostTree))
                .anyMatch(where -> where.endsWith("commit:" + lostCommit))
                .anyMatch(where -> where.endsWith("blob:" + spoilt));
        assertThat(report.isComplete()).isFalse();
    }

    @Test
    void namesARepositoryThatCannotBeOpened() throws IOException {
        repo.commit("a.txt", TOKEN);
        Files.writeString(
                repo.folder().resolve(".git/config"), "[core]\n\trepositoryformatversion = 99\n");
        ScanReport report = GitScans.history(repo.folder());
        assertThat(report.isComplete()).isFalse();
    }

    @Test
    void showsNamesThatAreNotUtf8() {
        repo.write("plain.txt", TOKEN);
        String id = repo.git("hash-object", "-w", "plain.txt").strip();
        // printf makes the byte that no Java string can hold
        repo.shell("printf '100644 blob " + id + "\\tcaf\\351.txt\\n' | git mktree > ../tree");
        repo.shell("git update-ref refs/heads/main $(git commit-tree -m odd $(cat ../tree))");
        assertThat(committed(only(GitScans.history(repo.folder()))).path())
                .isEqualTo("caf\\xe9.txt");
    }

    @Test
    void leavesOutPathsThatAreNotWanted() {
        repo.write("docs/a.md", TOKEN).write("src/b", Tokens.any(2)).commit("both");
        assertThat(
                        GitScans.history(repo.folder(), PathFilter.of(List.of(), List.of("docs")))
                                .findings())
                .extracting(GitScans::token)
                .containsExactly(Tokens.any(2));
    }

    @Test
    void writesNothingIntoTheRepository() throws IOException {
        repo.commit("a.txt", TOKEN);
        repo.commit("a.txt", TOKEN + " again");
        repo.git("gc", "--quiet");
        List<String> before = listing();
        GitScans.history(repo.folder());
        assertThat(listing()).isEqualTo(before);
    }

    private List<String> listing() throws IOException {
        try (Stream<Path> files = Files.walk(repo.folder())) {
            return files.map(
                            file -> {
                                try {
                                    return file
                                            + " "
                                            + Files.size(file)
                                            + " "
                                            + Files.getLastModifiedTime(file);
                                } catch (IOException e) {
                                    throw new java.io.UncheckedIOException(e);
                                }
                            })
                    .sorted()
                    .toList();
        }
    }

    private Path object(String id) {
        return repo.folder().resolve(".git/objects/" + id.substring(0, 2) + "/" + id.substring(2));
    }

    private static Finding only(ScanReport report) {
        assertThat(report.incidents()).isEmpty();
        assertThat(report.findings()).hasSize(1);
        return report.findings().getFirst();
    }
}
