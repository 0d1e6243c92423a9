package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a short run may not do, as it takes longer than all of the rest: known by the classes that are loaded.
class StartIT {

    @TempDir Path folder = Path.of("");

    @Test
    void searchesFilesWithoutWhatIsSlowAtFirst() throws IOException {
        Files.writeString(folder.resolve("file.txt"), Tokens.any(1));
        assertThat(slowClasses("scan", "file.txt")).isEmpty();
    }

    @Test
    void searchesAHistoryWithoutWhatIsSlowAtFirst() throws IOException {
        GitRepo repo = GitRepo.init(folder.resolve("repository"));
        repo.commit("file.txt", Tokens.any(1));
        assertThat(slowClasses("git", repo.folder().toString())).isEmpty();
    }

    /// Switches over patterns. Of all ways to give the JVM an option, only this one comes after what the
    /// launcher says.
    private List<String> slowClasses(String... arguments) throws IOException {
        Path log = folder.resolve("classes.log");
        var environment = Map.of("_JAVA_OPTIONS", "-Xlog:class+load:file=" + log);
        Launcher.Result result = Launcher.run(folder, "", environment, arguments);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        List<String> loaded = Files.readAllLines(log);
        assertThat(loaded).anyMatch(line -> line.contains("io.jwtrawl.classify.Rater "));
        return loaded.stream().filter(line -> line.contains("$$TypeSwitch")).toList();
    }
}
