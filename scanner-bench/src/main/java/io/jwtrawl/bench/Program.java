package io.jwtrawl.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Other programs, run to their end.
final class Program {

    private Program() {}

    /// Where the program of that name is on the `PATH`.
    static Optional<Path> find(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// What a program writes to standard output. Scanners end with all kinds of codes, depending on what they found.
    ///
    /// @throws IOException if it writes nothing there and ends otherwise than with 0
    static String output(Path folder, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("jwtrawl-bench", ".out");
        Path err = Files.createTempFile("jwtrawl-bench", ".err");
        try {
            int code =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start()
                            .waitFor();
            if (code != 0 && Files.size(out) == 0) {
                throw new IOException(
                        command.getFirst() + " ended with " + code + ": " + Files.readString(err));
            }
            return Files.readString(out, StandardCharsets.UTF_8).strip();
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
