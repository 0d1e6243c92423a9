package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The hook as the pre-commit framework runs it: the real one, from PyPI. Skipped where that cannot be installed.
class PreCommitFrameworkIT {

    @TempDir Path folder = Path.of("");

    @Test
    void stopsACommitThroughTheFramework() throws IOException {
        GitRepo hooks = GitRepo.init(folder.resolve("hooks"));
        assumeTrue(
                hooks.shell(
                                "(python3 -m venv ../python && ../python/bin/pip install -q pre-commit) >/dev/null 2>&1"
                                        + " && echo installed || echo none")
                        .contains("installed"));
        Files.copy(
                Path.of("../.pre-commit-hooks.yaml"),
                hooks.folder().resolve(".pre-commit-hooks.yaml"));
        String revision = hooks.commit("hooks");
        GitRepo repo = GitRepo.init(folder.resolve("repo"));
        repo.write(
                ".pre-commit-config.yaml",
                "repos:\n- repo: "
                        + hooks.folder()
                        + "\n  rev: "
                        + revision
                        + "\n  hooks: [{ id: jwtrawl-system }]\n");
        String environment =
                "export PRE_COMMIT_HOME=$PWD/../home GIT_CONFIG_NOSYSTEM=1 PATH="
                        + System.getProperty("jwtrawl.dist")
                        + "/bin:$PWD/../python/bin:$PATH; git config user.name x; git config user.email x@x; ";
        repo.shell(environment + "pre-commit install && git add . && git commit -m clean");
        repo.write("a.txt", Tokens.signed("{\"exp\":4102444800}")).git("add", ".");
        String output = repo.shell(environment + "git commit -m leak 2>&1 && echo passed || true");
        assertThat(output).contains("jwtrawl: stopped").doesNotContain("passed");
    }
}
