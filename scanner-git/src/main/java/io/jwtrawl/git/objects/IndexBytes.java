package io.jwtrawl.git.objects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The bytes of the index of a pack: in memory, or read from the file as they are asked for. What is mapped would count as
/// memory in use, nearly all of it once names are looked up, since ids are spread evenly.
///
/// What cannot be read any more is an [UncheckedIOException].
sealed interface IndexBytes extends AutoCloseable {

    int size();

    byte get(int at);

    int getInt(int at);

    long getLong(int at);

    void get(int at, byte[] to);

    /// Writes `count` numbers to the beginning of `to`.
    void getInts(int at, int[] to, int count);

    @Override
    void close();

    /// @param memory what a repository may have of indexes in memory
    static IndexBytes open(Path path, IndexMemory memory) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        boolean isKept = false;
        try {
            long size = channel.size();
            if (size > Integer.MAX_VALUE) {
                throw new BadObjectException("an index of more than 2 GiB");
            }
            if (memory.take(size)) {
                return new Held(IndexMemory.read(channel, (int) size));
            }
            isKept = true;
            return new OnDisk(channel, (int) size);
        } finally {
            if (!isKept) {
                channel.close();
            }
        }
    }

    /// All of them.
    record Held(ByteBuffer bytes) implements IndexBytes {

        @Override
        public int size() {
            return bytes.limit();
        }

        @Override
        public byte get(int at) {
            return bytes.get(at);
        }

        @Override
        public int getInt(int at) {
            return bytes.getInt(at);
        }

        @Override
        public long getLong(int at) {
            return bytes.getLong(at);
        }

        @Override
        public void get(int at, byte[] to) {
            bytes.get(at, to);
        }

        @Override
        public void getInts(int at, int[] to, int count) {
            bytes.slice(at, count * Integer.BYTES).asIntBuffer().get(to, 0, count);
        }

        @Override
        public void close() {
            // There is nothing to be closed.
        }
    }

    /// A file, of which each thread has in memory what it asked for last, and what stands around that.
    final class OnDisk implements IndexBytes {

        /// Holds some hundred ids on either side: nearly always the one that is guessed to be there.
        private static final int WINDOW = 4 * 1024;

        private final FileChannel file;
        private final int size;
        private final ThreadLocal<Window> windows = ThreadLocal.withInitial(Window::new);

        private OnDisk(FileChannel file, int size) {
            this.file = file;
            this.size = size;
        }

        private static final class Window {
            private final ByteBuffer bytes = ByteBuffer.allocateDirect(WINDOW);
            private int start;
            private int end;
        }

        /// The window that has `length` bytes from `at` on.
        private Window around(int at, int length) {
            Window window = windows.get();
            if (at < window.start || at > window.end - length) {
                window.start = Math.max(0, at - WINDOW / 2);
                window.end = window.start;
                window.bytes.clear();
                read(window.bytes, window.start);
                window.end += window.bytes.position();
                if (at > window.end - length) {
                    throw cutOff();
                }
            }
            return window;
        }

        private void read(ByteBuffer to, int from) {
            try {
                int at = from;
                while (to.hasRemaining()) {
                    int read = file.read(to, at);
                    if (read < 0) {
                        return;
                    }
                    at += read;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static UncheckedIOException cutOff() {
            return new UncheckedIOException(new BadObjectException("an index that is cut off"));
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public byte get(int at) {
            Window window = around(at, 1);
            return window.bytes.get(at - window.start);
        }

        @Override
        public int getInt(int at) {
            Window window = around(at, Integer.BYTES);
            return window.bytes.getInt(at - window.start);
        }

        @Override
        public long getLong(int at) {
            Window window = around(at, Long.BYTES);
            return window.bytes.getLong(at - window.start);
        }

        @Override
        public void get(int at, byte[] to) {
            Window window = around(at, to.length);
            window.bytes.get(at - window.start, to);
        }

        @Override
        public void getInts(int at, int[] to, int count) {
            var bytes = ByteBuffer.allocate(count * Integer.BYTES);
            read(bytes, at);
            if (bytes.hasRemaining()) {
                throw cutOff();
            }
            bytes.flip().asIntBuffer().get(to, 0, count);
        }

        @Override
        public void close() {
            try {
                file.close();
            } catch (IOException e) {
                // Nothing was written to it.
            }
        }
    }
}
