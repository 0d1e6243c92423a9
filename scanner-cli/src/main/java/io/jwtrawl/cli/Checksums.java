package io.jwtrawl.cli;

import io.jwtrawl.source.Sha256;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes beside each archive of a folder what `sha256sum -c` checks it by. Run by the build.
final class Checksums {

    private static final String ARCHIVES = "*.{tar.gz,zip}";

    private Checksums() {}

    /// @param arguments the folder
    public static void main(String[] arguments) throws IOException {
        try (DirectoryStream<Path> archives =
                Files.newDirectoryStream(Path.of(arguments[0]), ARCHIVES)) {
            for (Path archive : archives) {
                Files.writeString(
                        Path.of(archive + ".sha256"),
                        Sha256.of(archive) + "  " + archive.getFileName() + "\n");
            }
        }
    }
}
