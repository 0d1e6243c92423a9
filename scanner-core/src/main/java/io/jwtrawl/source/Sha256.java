package io.jwtrawl.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The hash by which files, tokens and findings are known again.
public final class Sha256 {

    private Sha256() {}

    /// A new one, that has taken in nothing.
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /// Of all that is in a file, in hexadecimal.
    ///
    /// @param options with which it is opened
    public static String of(Path file, OpenOption... options) throws IOException {
        MessageDigest sha256 = digest();
        add(sha256, file, options);
        return HexFormat.of().formatHex(sha256.digest());
    }

    /// Has `digest` take in all that is in a file.
    public static void add(MessageDigest digest, Path file, OpenOption... options)
            throws IOException {
        try (InputStream in = Files.newInputStream(file, options)) {
            byte[] buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
    }
}
