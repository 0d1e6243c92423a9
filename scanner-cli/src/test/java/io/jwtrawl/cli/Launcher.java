package io.jwtrawl.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs the launcher of the distribution that the build made, as a user would.
final class Launcher {

    /// The distribution.
    static final Path HOME = Path.of(System.getProperty("jwtrawl.dist"));

    private Launcher() {}

    record Result(int exitCode, String out, String err) {}

    static Result run(Path folder, String... arguments) {
        return run(folder, "", Map.of(), arguments);
    }

    static Result run(
            Path folder, String input, Map<String, String> environment, String... arguments) {
        try {
            Path in = Files.writeString(Files.createTempFile("jwtrawl-test", ".in"), input);
            Result result = run(HOME, folder, in, environment, arguments);
            Files.delete(in);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param input what standard input is read from
    static Result run(Path folder, Path input, String... arguments) {
        return run(HOME, folder, input, Map.of(), arguments);
    }

    /// With a copy of the distribution in place of the distribution.
    static Result runMoved(Path home, Path folder, String... arguments) {
        return run(home, folder, Path.of("/dev/null"), Map.of(), arguments);
    }

    private static Result run(
            Path home,
            Path folder,
            Path input,
            Map<String, String> environment,
            String... arguments) {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/jwtrawl").toString()));
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile("jwtrawl-test", ".out");
            Path err = Files.createTempFile("jwtrawl-test", ".err");
            var builder =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectInput(input.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().putAll(environment);
            int exitCode = builder.start().waitFor();
            var result =
                    new Result(
                            exitCode,
                            Files.readString(out, StandardCharsets.UTF_8),
                            Files.readString(err, StandardCharsets.UTF_8));
            for (Path file : List.of(out, err)) {
                Files.delete(file);
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
