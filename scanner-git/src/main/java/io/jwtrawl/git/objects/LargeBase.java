package io.jwtrawl.git.objects;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// An object that others are deltas against, read at any place: in memory, or in a temporary file where it is too large
/// for that.
sealed interface LargeBase extends LargeContent, AutoCloseable {

    /// More is not written to a temporary file.
    long MAX_FILE = 2L << 30;

    long size();

    /// Reads `length` bytes from `at` on.
    void read(long at, byte[] to, int from, int length) throws IOException;

    @Override
    void close();

    /// The first `size` bytes of an array.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Held(byte[] bytes, long size) implements LargeBase {

        @Override
        public void read(long at, byte[] to, int from, int length) {
            System.arraycopy(bytes, (int) at, to, from, length);
        }

        @Override
        public InputStream open() {
            return new java.io.ByteArrayInputStream(bytes, 0, (int) size);
        }

        @Override
        public void close() {
            // The array is someone else's.
        }
    }

    /// A temporary file, which is gone when it is closed.
    record Spilled(FileChannel file, long size) implements LargeBase {

        /// Keeps what `content` gives.
        static Spilled of(InputStream content) throws IOException {
            Path path = Files.createTempFile("jwtrawl", ".object");
            FileChannel file =
                    FileChannel.open(
                            path,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE);
            try (content) {
                byte[] some = new byte[64 * 1024];
                long size = 0;
                for (int read = content.read(some); read >= 0; read = content.read(some)) {
                    size += read;
                    if (size > MAX_FILE) {
                        throw new BadObjectException("larger than " + MAX_FILE + " bytes");
                    }
                    var bytes = ByteBuffer.wrap(some, 0, read);
                    while (bytes.hasRemaining()) {
                        file.write(bytes);
                    }
                }
                return new Spilled(file, size);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        }

        @Override
        public void read(long at, byte[] to, int from, int length) throws IOException {
            var bytes = ByteBuffer.wrap(to, from, length);
            long position = at;
            while (bytes.hasRemaining()) {
                int read = file.read(bytes, position);
                if (read < 0) {
                    throw new EOFException("a temporary file was cut off");
                }
                position += read;
            }
        }

        @Override
        public InputStream open() throws IOException {
            file.position(0);
            return new java.io.FilterInputStream(Channels.newInputStream(file)) {
                @Override
                public void close() {
                    // The file is still needed.
                }
            };
        }

        @Override
        public void close() {
            try {
                file.close();
            } catch (IOException e) {
                // It was only ours, and is gone.
            }
        }
    }
}
