package io.jwtrawl.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import io.jwtrawl.testkit.Tries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedScanTest {

    private static final String TOKEN = Tokens.any(1);

    @TempDir Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // before each test
    private GitRepo repo;

    @BeforeEach
    void makeRepository() {
        repo = GitRepo.init(folder.resolve("repo"));
    }

    @Test
    void findsWhatTheFirstCommitWouldAdd() {
        repo.write("a.txt", TOKEN).git("add", "a.txt");
        var findings = GitScans.staged(repo.folder()).findings();
        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().sighting().provenance())
                .isInstanceOfSatisfying(
                        Provenance.StagedFile.class,
                        staged -> assertThat(staged.path()).isEqualTo("a.txt"));
    }

    @Test
    void looksAtTheIndexAndNotAtTheWorktree() {
        repo.write("a.txt", TOKEN).git("add", "a.txt");
        repo.write("a.txt", "clean again");
        repo.write("b.txt", Tokens.any(2));
        assertThat(GitScans.staged(repo.folder()).findings())
                .extracting(GitScans::token)
                .containsExactly(TOKEN);
    }

    @Test
    void isSilentAboutTokensThatHeadHasAtThatPath() {
        repo.commit("a.txt", TOKEN);
        repo.write("a.txt", TOKEN + "\n" + Tokens.any(2)).git("add", "a.txt");
        assertThat(GitScans.staged(repo.folder()).findings())
                .extracting(GitScans::token)
                .containsExactly(Tokens.any(2));
    }

    @Test
    void speaksOfATokenThatIsCopiedToAnotherPath() {
        repo.commit("a.txt", TOKEN);
        repo.write("b.txt", TOKEN).git("add", "b.txt");
        assertThat(GitScans.staged(repo.folder()).findings()).hasSize(1);
    }

    @Test
    void findsNothingInACleanIndex() {
        repo.commit("a.txt", TOKEN);
        assertThat(GitScans.staged(repo.folder()).findings()).isEmpty();
        assertThat(GitScans.staged(repo.folder()).isComplete()).isTrue();
    }

    @Test
    void passesOverWhatIsOnlyIntendedToBeAdded() {
        repo.commit("README", "x");
        repo.write("a.txt", TOKEN).git("add", "--intent-to-add", "a.txt");
        assertThat(GitScans.staged(repo.folder()).findings()).isEmpty();
    }

    @Test
    void readsTheIndexThatItIsTold() {
        repo.commit("README", "x");
        repo.write("a.txt", TOKEN);
        repo.shell("GIT_INDEX_FILE=.git/other git add a.txt");
        assertThat(GitScans.staged(repo.folder()).findings()).isEmpty();
        assertThat(GitScans.staged(repo.folder(), Optional.of(Path.of(".git/other"))).findings())
                .hasSize(1);
    }

    @Test
    void looksIntoBothSidesOfAConflict() {
        repo.commit("a.txt", "base");
        repo.git("checkout", "-q", "-b", "topic");
        repo.commit("a.txt", TOKEN);
        repo.git("checkout", "-q", "main");
        repo.commit("a.txt", "other");
        repo.shell("git merge -q topic || true");
        assertThat(GitScans.staged(repo.folder()).findings())
                .extracting(GitScans::token)
                .containsExactly(TOKEN);
    }

    @Test
    void isSilentAboutATokenWhoseFileIsRenamed() {
        repo.commit("a.txt", TOKEN);
        repo.shell("mkdir -p deep/er && git mv a.txt deep/er/b.txt");
        assertThat(GitScans.staged(repo.folder()).findings()).isEmpty();
        repo.write("deep/er/b.txt", TOKEN + "\n" + Tokens.any(2)).git("add", "deep");
        assertThat(GitScans.staged(repo.folder()).findings())
                .extracting(GitScans::token)
                .containsExactly(Tokens.any(2));
    }

    @Test
    void readsRepositoriesWithSha256() {
        GitRepo other = GitRepo.init(folder.resolve("sha256"), "--object-format=sha256");
        other.commit("a.txt", TOKEN);
        other.write("a.txt", TOKEN + "\n" + Tokens.any(2)).git("add", "a.txt");
        assertThat(GitScans.staged(other.folder()).findings())
                .extracting(GitScans::token)
                .containsExactly(Tokens.any(2));
    }

    @Test
    void searchesLargeFilesLooseAndPackedAndAsDeltas() {
        String lines = "0123456789abcdef\n".repeat(2_500_000); // 42 MB
        repo.git("config", "core.compression", "1");
        repo.write("large.txt", lines + TOKEN).git("add", "large.txt");
        assertThat(GitScans.staged(repo.folder()).findings()).hasSize(1);
        repo.write("large2.txt", lines + TOKEN + "\nmore").git("add", "large2.txt");
        repo.shell(
                "git rev-list --objects --no-object-names --indexed-objects | git pack-objects -q .git/objects/pack/pack && git prune-packed");
        assertThat(repo.shell("git count-objects")).startsWith("0 objects");
        var report = GitScans.staged(repo.folder());
        assertThat(report.findings()).hasSize(2);
        assertThat(report.isComplete()).isTrue();
    }

    @Test
    void namesABrokenIndex() throws IOException {
        repo.write("a.txt", TOKEN).git("add", "a.txt");
        Path index = repo.folder().resolve(".git/index");
        byte[] bytes = Files.readAllBytes(index);
        for (int length : new int[] {0, 11, 40, 80}) {
            Files.write(index, Arrays.copyOf(bytes, length));
            var report = GitScans.staged(repo.folder());
            assertThat(report.isComplete()).isFalse();
        }
    }

    @Test
    void isNotBroughtDownByAnyChangeOfAnIndex() throws IOException {
        for (int i = 0; i < 20; i++) {
            repo.write("d" + i % 3 + "/f" + i, "x" + i);
        }
        repo.git("add", ".");
        repo.shell("git write-tree && git update-index --split-index");
        repo.write("d1/f4", TOKEN).git("add", ".");
        Path index = repo.folder().resolve(".git/index");
        byte[] bytes = Files.readAllBytes(index);
        Tries.run(
                200,
                random -> {
                    byte[] damaged = bytes.clone();
                    for (int i = 0; i <= random.nextInt(4); i++) {
                        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                    }
                    try {
                        Files.write(index, damaged);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    var report = GitScans.staged(repo.folder());
                    assertThat(report.interrupted()).isFalse();
                });
    }
}
