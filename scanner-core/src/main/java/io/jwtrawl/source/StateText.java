package io.jwtrawl.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Text that one scan leaves for the next, with a checksum of all of it in its last line. It is written beside the old one and
/// then takes its place, so that an interrupted scan leaves the old one.
public final class StateText {

    private static final String END = "end ";

    private StateText() {}

    /// What stands before the checksum; empty if it was not written to its end, or was changed since.
    public static Optional<String> verified(String text) {
        int end = text.lastIndexOf("\n" + END) + 1;
        String all = text.substring(0, end);
        return end > 0 && text.substring(end).equals(END + checksum(all) + "\n")
                ? Optional.of(all)
                : Optional.empty();
    }

    /// Puts lines of text in the place of what `file` holds. Only its owner may read it.
    ///
    /// @throws IOException if it cannot be written, or is something else than a file
    public static void write(Path file, String lines) throws IOException {
        replace(file, (lines + END + checksum(lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        // Through a link, so that the link stays.
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null
                || (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                        && !Files.isRegularFile(target))) {
            throw new IOException("not a regular file");
        }
        boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
        Path draft =
                posix
                        ? Files.createTempFile(
                                folder,
                                ".jwtrawl-state",
                                ".tmp",
                                PosixFilePermissions.asFileAttribute(
                                        PosixFilePermissions.fromString("rw-------")))
                        : Files.createTempFile(folder, ".jwtrawl-state", ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                var buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            try {
                Files.move(
                        draft,
                        target,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /// Against accidents, not against enemies: whoever may write the file may write another checksum.
    private static String checksum(String text) {
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
