package io.jwtrawl.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.nio.file.Path;
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
}
