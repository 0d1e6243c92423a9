package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

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

    /// The classes in the cache that a run starts with remember where they came from.
    @Test
    void opensArchivesWhereverTheProgramWasMoved() throws IOException, InterruptedException {
        Path moved = folder.resolve("moved");
        new ProcessBuilder("cp", "-a", Launcher.HOME.toString(), moved.toString())
                .inheritIO()
                .start()
                .waitFor();
        try (var out =
                new XZOutputStream(
                        Files.newOutputStream(folder.resolve("a.xz")), new LZMA2Options())) {
            out.write(Tokens.any(1).getBytes(StandardCharsets.US_ASCII));
        }
        try (var out = new SevenZOutputFile(folder.resolve("a.7z").toFile())) {
            out.putArchiveEntry(out.createArchiveEntry(folder.resolve("a.xz"), "a.xz"));
            out.write(Files.readAllBytes(folder.resolve("a.xz")));
            out.closeArchiveEntry();
        }
        Launcher.Result result = Launcher.runMoved(moved, folder, "scan", "a.xz", "a.7z");
        assertThat(result.err()).contains("1 token at 2 places");
        assertThat(result.exitCode()).isEqualTo(1);
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
