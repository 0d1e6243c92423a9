package io.jwtrawl.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// What can only be read once, kept so that it can be read from anywhere: in memory if it is small, else in a temporary
/// file that only this user can read.
public final class Spool {

    /// More than most archives inside others take.
    private static final int IN_MEMORY = 16 * 1024 * 1024;

    private Spool() {}

    /// All of `in` if that is small; otherwise a stream that has still to be read once.
    public static InputStream ofSmall(InputStream in) throws IOException {
        if (in instanceof SeekableStream) {
            return in;
        }
        byte[] bytes = new byte[64 * 1024];
        int length = 0;
        while (true) {
            int read = in.readNBytes(bytes, length, bytes.length - length);
            length += read;
            if (length < bytes.length) {
                return new MemoryStream(bytes, 0, length, false);
            }
            if (length >= IN_MEMORY) {
                return new SequenceInputStream(new ByteArrayInputStream(bytes, 0, length), in);
            }
            bytes = Arrays.copyOf(bytes, 4 * bytes.length);
        }
    }

    /// All of `in`; closed, the file is gone.
    public static SeekableStream of(InputStream in) throws IOException {
        InputStream small = ofSmall(in);
        if (small instanceof SeekableStream seekable) {
            return seekable;
        }
        FileChannel channel = newFile();
        try {
            small.transferTo(Channels.newOutputStream(channel));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new Spooled(channel, true);
    }

    /// An empty temporary file that only this user can read; closed, it is gone.
    public static FileChannel newFile() throws IOException {
        Path file = Files.createTempFile("jwtrawl", ".tmp");
        try {
            return FileChannel.open(
                    file,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /// A file that somebody else closes.
    public static SeekableStream of(FileChannel channel) {
        return new Spooled(channel, false);
    }

    /// Positions are told with every read, so that many streams can share the file.
    private static final class Spooled extends SeekableStream {
        private final FileChannel channel;
        private final boolean isOwner;
        private long position;

        /// @param isOwner whether the file is gone when this is closed
        Spooled(FileChannel channel, boolean isOwner) {
            this.channel = channel;
            this.isOwner = isOwner;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = channel.read(ByteBuffer.wrap(bytes, offset, length), position);
            position += Math.max(0, read);
            return read;
        }

        @Override
        public void seek(long to) {
            position = to;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        /// The file is gone when the thread that made it is done with it.
        @Override
        public boolean isLent() {
            return true;
        }

        @Override
        public SeekableStream reopen() {
            return new Spooled(channel, false);
        }

        @Override
        public void close() throws IOException {
            if (isOwner) {
                channel.close();
            }
        }
    }
}
