package io.jwtrawl.git.objects;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A pack (gitformat-pack, versions 2 and 3). Read by positions rather than mapped: what is mapped counts as memory in
/// use, and a file that another program cuts off would end the whole process.
public final class Pack implements AutoCloseable {

    private static final int MAGIC = 0x5041434b;
    static final int HEADER = 12;

    private final Path file;
    private final HashFormat format;
    private final PackNames names;
    private final FileChannel channel;

    /// Where the trailing checksum begins.
    private final long end;

    private Pack(Path file, HashFormat format, PackNames names, FileChannel channel)
            throws IOException {
        this.file = file;
        this.format = format;
        this.names = names;
        this.channel = channel;
        end = channel.size() - format.length();
        var header = ByteBuffer.allocate(HEADER);
        if (end < HEADER || channel.read(header, 0) < HEADER || header.getInt(0) != MAGIC) {
            throw new BadObjectException("not a pack");
        }
        int version = header.getInt(4);
        if (version != 2 && version != 3) {
            throw new BadObjectException("pack version " + version + " is not known");
        }
        if (names.isWhole() && header.getInt(8) != names.count()) {
            throw new BadObjectException("a pack of another number of objects than its index");
        }
    }

    static Pack open(Path file, HashFormat format, PackNames names) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new Pack(file, format, names, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Such as `pack-0123….pack`; what is in it depends on the name alone, as long as Git wrote it.
    public String name() {
        return String.valueOf(file.getFileName());
    }

    Path file() {
        return file;
    }

    HashFormat format() {
        return format;
    }

    PackNames names() {
        return names;
    }

    long end() {
        return end;
    }

    /// Reads into `to` from `offset` on, as far as there is something and room.
    void read(ByteBuffer to, long offset) throws IOException {
        long position = offset;
        while (to.hasRemaining()) {
            int read = channel.read(to, position);
            if (read < 0) {
                return;
            }
            position += read;
        }
    }

    @Override
    public void close() {
        names.close();
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was written to it.
        }
    }
}
