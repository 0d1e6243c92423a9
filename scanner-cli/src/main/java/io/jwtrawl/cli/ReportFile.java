package io.jwtrawl.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A file that a report goes to.
///
/// It is opened before the scan, so that a wrong path costs no waiting, and emptied only when the new report is written:
/// a scan that comes to nothing leaves the old one as it was.
final class ReportFile extends OutputStream {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private final Path path;
    private final FileChannel channel;
    private final OutputStream out;
    private final boolean isNew;
    private boolean written;

    private ReportFile(Path path, FileChannel channel, boolean isNew) {
        this.path = path;
        this.channel = channel;
        this.out = Channels.newOutputStream(channel);
        this.isNew = isNew;
    }

    /// @param secret whether nobody but the owner may read it
    static ReportFile open(Path path, boolean secret) throws IOException {
        boolean isNew = !Files.exists(path);
        boolean restrict =
                secret && path.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes =
                restrict
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                        : new FileAttribute<?>[0];
        FileChannel channel =
                FileChannel.open(
                        path,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        attributes);
        if (restrict && !isNew && Files.isRegularFile(path)) {
            Files.setPosixFilePermissions(path, OWNER_ONLY);
        }
        return new ReportFile(path, channel, isNew);
    }

    Path path() {
        return path;
    }

    /// Opens what goes on where this one is full: `out.2.sarif` beside `out.sarif`.
    OutputStream part(int number) throws IOException {
        String name = String.valueOf(path.getFileName());
        int dot = name.indexOf('.', 1);
        String numbered =
                dot < 0
                        ? name + "." + number
                        : name.substring(0, dot) + "." + number + name.substring(dot);
        return new BufferedOutputStream(Files.newOutputStream(path.resolveSibling(numbered)));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!written) {
            written = true;
            if (Files.isRegularFile(path)) {
                channel.truncate(0);
            }
        }
        out.write(bytes, offset, length);
    }

    /// Empties the file even if nothing is to be written.
    void begin() throws IOException {
        write(new byte[0], 0, 0);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (isNew && !written && Files.isRegularFile(path)) {
            Files.delete(path);
        }
    }
}
