package io.jwtrawl.files.unpack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Makes archives by the programs that people make them with.
final class Programs {

    private Programs() {}

    static boolean isThere(String program) {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /// @throws AssertionError if the command fails
    static void run(Path folder, String command) {
        try {
            Path log = Files.createTempFile("jwtrawl-test", ".log");
            int status =
                    new ProcessBuilder("sh", "-c", command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start()
                            .waitFor();
            String output = Files.readString(log);
            Files.delete(log);
            if (status != 0) {
                throw new AssertionError(command + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
