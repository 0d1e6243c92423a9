package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that lets no token in: a bare repository whose `pre-receive` hook runs the built command.
class PreReceiveIT {

    @TempDir Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // before each test
    private GitRepo repo;

    @BeforeEach
    void makeServer() throws IOException {
        GitRepo server = GitRepo.init(folder.resolve("server.git"), "--bare");
        Path hook = server.folder().resolve("hooks/pre-receive");
        Files.createDirectories(hook.getParent());
        Files.writeString(
                hook,
                "#!/bin/sh\nexec "
                        + System.getProperty("jwtrawl.dist")
                        + "/bin/jwtrawl git --received --format terminal >&2\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        server.git("config", "receive.unpackLimit", "1000");
        repo = GitRepo.init(folder.resolve("repo"));
        repo.git("remote", "add", "origin", server.folder().toString());
        repo.commit("README", "x");
        repo.git("push", "-q", "origin", "main");
    }

    @Test
    void letsInWhatHoldsNoToken() {
        repo.commit("a.txt", "clean");
        assertThat(repo.git("push", "origin", "main")).contains("no token", "main -> main");
    }

    @Test
    void refusesACommitWithATokenAndSaysWhere() {
        repo.commit("a.txt", "key: " + Tokens.any(1));
        assertRefused("push", "origin", "main");
        repo.commit("a.txt", "gone, but still in the history");
        assertRefused("push", "origin", "main");
    }

    @Test
    void refusesWhatComesInPacksToo() {
        repo.git("config", "pack.depth", "50");
        for (int i = 0; i < 20; i++) {
            repo.commit("log.txt", "line\n".repeat(100 + i));
        }
        repo.commit("a.txt", "key: " + Tokens.any(1));
        repo.shell("git --git-dir=../server.git config receive.unpackLimit 1");
        assertRefused("push", "origin", "main");
        repo.shell("git reset -q --hard HEAD~1");
        assertThat(repo.git("push", "origin", "main")).contains("main -> main");
    }

    @Test
    void refusesANewBranchATagAndAForcedPush() {
        repo.git("checkout", "-q", "-b", "topic");
        repo.commit("a.txt", "key: " + Tokens.any(1));
        assertRefused("push", "origin", "topic");
        repo.git("checkout", "-q", "main");
        repo.git("tag", "-a", "v1", "-m", "with " + Tokens.any(2));
        assertRefused("push", "origin", "v1");
        repo.git("commit", "-q", "--amend", "-m", "with " + Tokens.any(3));
        assertRefused("push", "--force", "origin", "main");
    }

    @Test
    void saysNothingOfWhatTheServerHasAlready() {
        repo.commit("a.txt", "key: " + Tokens.any(1));
        repo.shell("mv ../server.git/hooks/pre-receive ..");
        repo.git("push", "-q", "origin", "main");
        repo.shell("mv ../pre-receive ../server.git/hooks");
        repo.commit("b.txt", "clean");
        repo.commit("a.txt", "more\nkey: " + Tokens.any(1));
        assertThat(repo.git("push", "origin", "main", "HEAD~1:refs/heads/other"))
                .contains("no token", "main -> main");
        assertThat(repo.git("push", "origin", ":other")).contains("[deleted]");
    }

    private void assertRefused(String... arguments) {
        assertThatThrownBy(() -> repo.git(arguments))
                .hasMessageContaining("pre-receive hook declined")
                .hasMessageContaining("remote: HIGH")
                .hasMessageNotContaining("no token");
    }
}
