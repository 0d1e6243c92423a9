package io.jwtrawl.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/// Reads the small files that make a folder a Git folder. Whoever made it may have put a pipe there, which would block
/// for ever, or a link to a device, which never ends: nothing is opened before it was looked at.
final class GitFiles {

    private GitFiles() {}

    /// Whether there is something of that name, be it only a link that leads nowhere.
    static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /// All of `file`.
    ///
    /// @throws IOException if it is anything but a file of at most `limit` bytes
    static byte[] read(Path file, int limit) throws IOException {
        requireFile(file, limit);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(limit + 1);
            requireSize(bytes.length, limit);
            return bytes;
        }
    }

    /// The lines of `file`, or nothing if there is no such file.
    static Optional<List<String>> lines(Path file, int limit) throws IOException {
        return exists(file)
                ? Optional.of(
                        new String(read(file, limit), StandardCharsets.UTF_8).lines().toList())
                : Optional.empty();
    }

    /// @throws IOException if `file`, or what it links to, is anything but a file of at most `limit` bytes
    static void requireFile(Path file, long limit) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IOException("not a regular file");
        }
        requireSize(attributes.size(), limit);
    }

    private static void requireSize(long size, long limit) throws IOException {
        if (size > limit) {
            throw new IOException("larger than " + limit + " bytes");
        }
    }
}
