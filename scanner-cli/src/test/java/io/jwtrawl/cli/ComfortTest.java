package io.jwtrawl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.cli.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComfortTest {

    @TempDir private Path folder;

    @Test
    void everyOptionOfLongCommandsIsInAGroup() {
        for (Command command : Main.commands()) {
            List<OptionGroup> groups = OptionGroup.of(command.options().getOptions());
            List<String> shown = new ArrayList<>();
            groups.forEach(group -> group.options().forEach(option -> shown.add(name(option))));
            assertThat(shown)
                    .containsExactlyInAnyOrderElementsOf(
                            command.options().getOptions().stream()
                                    .map(ComfortTest::name)
                                    .toList());
            if (command.options().getOptions().size() > 12) {
                assertThat(groups.getLast().options()).as(command.name()).isEmpty();
            }
        }
    }

    private static String name(Option option) {
        return option.getLongOpt();
    }

    @ParameterizedTest
    @CsvSource({
        "scna, scan",
        "inspct, inspect",
        "hook instal, hook install",
        "verfy, verify",
        "completions, completion"
    })
    void namesWhatMayBeMeant(String written, String meant) {
        assertThat(NearestName.to(written, Main.commands().stream().map(Command::name).toList()))
                .contains(meant);
    }

    @Test
    void namesNothingWhereNothingIsLikeIt() {
        assertThat(NearestName.to("frobnicate", List.of("scan", "git"))).isEmpty();
    }

    @Test
    void theConfigurationThatInitWritesIsValidAsItIsAndWithEverythingTakenIn() throws IOException {
        String template;
        try (InputStream in = InitCommand.class.getResourceAsStream("jwtrawl.yaml")) {
            template = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        }
        Path file = folder.resolve("jwtrawl.yaml");
        List<String> warnings = new ArrayList<>();
        Files.writeString(file, template);
        assertThat(Config.read(file, warnings).entries()).isEmpty();
        Files.writeString(
                file, template.replaceAll("(?m)^#(?! )", "").replaceAll("(?m)^#  ", "  "));
        Config all = Config.read(file, warnings);
        assertThat(all.entries()).hasSize(3);
        assertThat(all.entries().get(2).claims()).containsEntry("env", "test");
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jwtrawl sc | scan",
                "jwtrawl hook in | install",
                "jwtrawl hook install pre-p | pre-push",
                "jwtrawl scan --omit | --omit-suppressed",
                "jwtrawl scan --format sa | sarif",
                "jwtrawl scan --format = sa | sarif",
                "jwtrawl git --fail-on = cr | critical",
                "jwtrawl completion fi | fish",
            })
    void bashCompletes(String line, String expected) throws Exception {
        Path script = folder.resolve("completion");
        Files.writeString(script, new Completion(Main.commands()).bash());
        String output =
                run(
                        "bash",
                        "-c",
                        ". \"$0\"; COMP_WORDS=($1); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
                                + " _jwtrawl; printf '%s\\n' \"${COMPREPLY[@]}\"",
                        script.toString(),
                        line);
        assertThat(output.lines()).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void theShellTakesItsScript(String shell) throws Exception {
        assumeTrue(isThere(shell), shell + " is not here");
        var completion = new Completion(Main.commands());
        Path script = folder.resolve("completion");
        Files.writeString(
                script,
                switch (shell) {
                    case "bash" -> completion.bash();
                    case "zsh" -> completion.zsh();
                    default -> completion.fish();
                });
        assertThat(run(shell, "-n", script.toString())).isEmpty();
    }

    @Test
    void theManualHasEveryCommandAndOptionAndNoWarnings() throws Exception {
        String page = ManualPage.of(Main.commands(), "1.2.3");
        for (Command command : Main.commands()) {
            assertThat(page).contains(".SS jwtrawl " + command.name().replace("-", "\\-") + "\n");
            for (Option option : command.options().getOptions()) {
                assertThat(page)
                        .contains("\\-\\-" + option.getLongOpt().replace("-", "\\-") + "\\fR");
            }
        }
        assertThat(page.chars()).allMatch(c -> c < 0x7f);
        assumeTrue(isThere("groff"), "groff is not here");
        Path file = folder.resolve("jwtrawl.1");
        Files.writeString(file, page);
        assertThat(
                        run(
                                "sh",
                                "-c",
                                "groff -man -ww -Tutf8 \"$0\" 2>&1 >\"$0.txt\"",
                                file.toString()))
                .isEmpty();
        assertThat(Files.readString(folder.resolve("jwtrawl.1.txt"))).contains("jwtrawl 1.2.3");
    }

    private static boolean isThere(String program) throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v " + program + " >/dev/null")
                        .start()
                        .waitFor()
                == 0;
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }
}
