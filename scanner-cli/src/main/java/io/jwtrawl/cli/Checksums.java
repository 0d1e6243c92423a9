package io.jwtrawl.cli;

import io.jwtrawl.source.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

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
                        hash(archive) + "  " + archive.getFileName() + "\n");
            }
        }
    }

    private static String hash(Path file) throws IOException {
        MessageDigest sha256 = Sha256.digest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }
}
