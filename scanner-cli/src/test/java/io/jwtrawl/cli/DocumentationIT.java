package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs every command that the documentation shows in a `sh` block.
class DocumentationIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

    @TempDir Path folder = Path.of("");

    @TestFactory
    Stream<DynamicTest> everyCommandRuns() {
        GitRepo repo = GitRepo.init(folder.resolve("repo"));
        repo.commit("first");
        repo.write("app.log", "authorization: bearer " + Tokens.any(1));
        repo.write("token.txt", Tokens.any(1));
        repo.write("keys.json", Tokens.keySet());
        repo.write("client.txt", "me:secret");
        repo.commit("all");
        copy(ROOT.resolve("rules"), repo.folder().resolve("rules"));
        return pages().stream()
                .flatMap(page ->
                        commands(page).stream()
                                .map(command ->
                                        dynamicTest(
                                                ROOT.relativize(page) + ": " + command,
                                                () -> run(repo, command))));
    }

    @TestFactory
    Stream<DynamicTest> everyLinkLeadsSomewhere() {
        return pages().stream()
                .flatMap(page -> {
                    Matcher links = LINK.matcher(read(page));
                    List<DynamicTest> tests = new ArrayList<>();
                    while (links.find()) {
                        Path target = page.resolveSibling(links.group(1));
                        tests.add(
                                dynamicTest(
                                        ROOT.relativize(page) + ": " + links.group(1),
                                        () -> assertThat(target).exists()));
                    }
                    return tests.stream();
                });
    }

    private static void run(GitRepo repo, String command) {
        String path = System.getProperty("jwtrawl.dist") + "/bin:$PATH";
        String output =
                repo.shell(
                        "PATH=\""
                                + path
                                + "\"; ( "
                                + command.replace("./jwtrawl", "jwtrawl")
                                + "\n) 2>&1; code=$?; [ $code -ne 2 ] && [ $code -lt 126 ] || exit 9");
        assertThat(output).doesNotContain("\tat ");
    }

    /// The lines of `sh` blocks; a test that ran all tests would not end.
    private static List<String> commands(Path page) {
        List<String> commands = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(read(page));
        while (blocks.find()) {
            blocks.group(1)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("./verify"))
                    .forEach(commands::add);
        }
        return commands;
    }

    private static List<Path> pages() {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.concat(top, docs), Stream.of(ROOT.resolve("rules/README.md")))
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
