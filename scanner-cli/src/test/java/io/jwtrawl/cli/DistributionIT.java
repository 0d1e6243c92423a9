package io.jwtrawl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jwtrawl.cli.Launcher.Result;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is downloaded, unpacked elsewhere; and what somebody sees who uses it for the first time.
class DistributionIT {

    private static final Path DIST = Launcher.HOME.resolve("..").normalize();

    @TempDir private Path folder;

    private static Path archive(String ending) {
        try (Stream<Path> files = Files.list(DIST)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !file.toString().contains("with-jre"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void leakAToken() throws IOException {
        Files.createDirectory(folder.resolve("work"));
        Files.writeString(
                folder.resolve("work/app.env"),
                Tokens.signed("{\"exp\":4102444800,\"scope\":\"admin\"}"));
    }

    @Test
    void theArchivesUnpackAnywhereAndRunAtOnce() throws Exception {
        shell("tar -xzf '" + archive(".tar.gz") + "'");
        String out =
                shell(
                        "cd work && env -i PATH=/usr/bin:/bin HOME='"
                                + folder
                                + "' JAVA_HOME='"
                                + System.getProperty("java.home")
                                + "' ../jwtrawl/bin/jwtrawl scan --format jsonl 2>&1; ../jwtrawl/bin/jwtrawl scan --format jsonl");
        assertThat(out).contains("\"app.env\"");
        assertThat(shell("ls jwtrawl/lib")).contains("jwtrawl.jar").doesNotContain(".aot");
        String names = shell("tar -tzf '" + archive(".tar.gz") + "' | grep -v '/$' | sort");
        assertThat(names)
                .contains(
                        "jwtrawl/bin/jwtrawl.cmd",
                        "jwtrawl/share/man/man1/jwtrawl.1",
                        "jwtrawl/share/bash-completion/completions/jwtrawl",
                        "jwtrawl/share/zsh/site-functions/_jwtrawl",
                        "jwtrawl/share/fish/vendor_completions.d/jwtrawl.fish",
                        "jwtrawl/share/doc/jwtrawl/jwtrawl.cdx.json",
                        "jwtrawl/LICENSE");
        assertThat(shell("jar tf '" + archive(".zip") + "' | grep -v '/$' | sort"))
                .isEqualTo(names);
    }

    @Test
    void theChecksumsAreThoseOfTheArchives() throws Exception {
        for (String ending : List.of(".tar.gz", ".zip")) {
            Path archive = archive(ending);
            String listed = Files.readString(Path.of(archive + ".sha256"));
            assertThat(listed.split("\\s+"))
                    .contains(
                            shell("sha256sum < '" + archive + "'").split(" ")[0],
                            String.valueOf(archive.getFileName()));
        }
    }

    @Test
    void theListsOfPartsNameEveryJar() throws Exception {
        var parts = new TreeSet<String>();
        for (String list : List.of("jwtrawl.cdx.json", "jwtrawl-documents.cdx.json")) {
            JsonNode bom =
                    JsonMapper.builder()
                            .build()
                            .readTree(
                                    Files.readString(
                                            Launcher.HOME
                                                    .resolve("share/doc/jwtrawl")
                                                    .resolve(list)));
            assertThat(bom.path("bomFormat").asString("")).isEqualTo("CycloneDX");
            bom.path("components")
                    .forEach(part ->
                            parts.add(
                                    part.path("name").asString("")
                                            + "-"
                                            + part.path("version").asString("")));
        }
        for (String place : List.of("lib", "lib/documents")) {
            try (Stream<Path> jars = Files.list(Launcher.HOME.resolve(place))) {
                assertThat(
                                jars.map(jar -> String.valueOf(jar.getFileName()))
                                        .filter(name -> name.endsWith(".jar"))
                                        .filter(name -> !name.equals("jwtrawl.jar"))
                                        .map(name -> name.substring(0, name.length() - 4)))
                        .allSatisfy(
                                jar -> assertThat(parts).anyMatch(part -> jar.startsWith(part)));
            }
        }
    }

    @Test
    void tellsWhatItIsAndWhatItRunsOn() {
        Result result = Launcher.run(folder, "--version");
        assertThat(result.out().lines().toList())
                .satisfiesAnyOf(
                        lines -> assertThat(lines).hasSize(4),
                        lines -> assertThat(lines).hasSize(3));
        assertThat(result.out()).startsWith("jwtrawl ").contains("Java 2", "native code: ");
        if (Files.exists(Path.of("../.git"))) {
            assertThat(result.out()).containsPattern("commit [0-9a-f]{40}(-dirty)? of \\d{4}-");
        }
    }

    @Test
    void initWritesAConfigurationOnce() throws IOException {
        assertThat(Launcher.run(folder.resolve("work"), "init").exitCode()).isZero();
        String written = Files.readString(folder.resolve("work/jwtrawl.yaml"));
        Result again = Launcher.run(folder.resolve("work"), "init");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("is there already");
        assertThat(Files.readString(folder.resolve("work/jwtrawl.yaml"))).isEqualTo(written);
        assertThat(Launcher.run(folder.resolve("work"), "scan", ".", "--quiet").err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scna . | do you mean 'scan'?",
                "git --stagd | do you mean '--staged'?",
                "hook instal | do you mean 'hook install'?",
                "completion bsh | do you mean 'bash'?",
            })
    void saysWhatMayBeMeant(String arguments, String expected) {
        Result result = Launcher.run(folder, arguments.split(" "));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(expected).hasLineCount(1);
    }

    @Test
    void coloursAndNextStepsAreForTerminalsThatCan() throws Exception {
        assumeTrue(shell("command -v script || true").contains("script"));
        String command = "'" + Launcher.HOME + "/bin/jwtrawl' scan work";
        String seen = terminal("TERM=xterm " + command);
        assertThat(seen).contains("\u001b[1;95m", "jwtrawl: next:", "jwtrawl hook install");
        assertThat(terminal("TERM=dumb " + command)).doesNotContain("\u001b[");
        // The progress line is no colour.
        assertThat(terminal("NO_COLOR=1 TERM=xterm " + command + " --no-progress"))
                .doesNotContain("\u001b[1;");
        assertThat(shell(command + " --format terminal 2>&1 || true"))
                .doesNotContain("\u001b[")
                .doesNotContain("next:");
    }

    /// What a terminal is sent that stands in for a person's.
    private String terminal(String command) throws Exception {
        return shell("script -qec \"" + command + "\" /dev/null < /dev/null || true");
    }

    private String shell(String command) throws Exception {
        var builder =
                new ProcessBuilder("sh", "-c", command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true);
        builder.environment()
                .putAll(
                        Map.of(
                                "PATH",
                                System.getProperty("java.home") + "/bin:" + System.getenv("PATH")));
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return out;
    }
}
