package io.jwtrawl.files.leveldb;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/// A block of a [Table], expanded.
///
/// @param bytes of which the first `length` count
/// @param isWhole whether it could be expanded to its end
@SuppressWarnings("ArrayRecordComponent") // never compared
record Block(byte[] bytes, int length, boolean isWhole) {

    private static final int PLAIN = 0;
    private static final int SNAPPY = 1;
    private static final int ZSTD = 2;

    /// More than any table has in one block.
    private static final int MOST = 64 << 20;

    static Block of(byte[] bytes, int length, int compression) throws IOException {
        return switch (compression) {
            case PLAIN -> new Block(bytes, length, true);
            case SNAPPY -> {
                RawSnappy.Expanded expanded = RawSnappy.expand(bytes, 0, length);
                yield new Block(expanded.bytes(), expanded.length(), expanded.isWhole());
            }
            case ZSTD -> {
                try (var in =
                        new ZstdInputStreamNoFinalizer(
                                new ByteArrayInputStream(bytes, 0, length))) {
                    byte[] expanded = in.readNBytes(MOST);
                    yield new Block(expanded, expanded.length, true);
                }
            }
            default -> throw new IOException("is compressed by an unknown method");
        };
    }

    /// Gives every entry: its key is put together with what it shares with the one before.
    void read(EntrySink entries) throws IOException, InterruptedException {
        if (length < 4) {
            throw new IOException("is too short");
        }
        long restarts = new Reading(bytes, length - 4, length).little(4);
        long end = length - 4 - 4 * restarts;
        // Of one that is cut off the count is lost: then all of it is looked at.
        var reading = new Reading(bytes, 0, isWhole ? (int) Math.max(0, end) : length);
        byte[] key = new byte[0];
        while (!reading.isDone()) {
            long shared = reading.variable();
            long own = reading.variable();
            long value = reading.variable();
            if (shared < 0 || shared > key.length || own < 0 || own > reading.left()) {
                throw new IOException("has a key that is none");
            }
            int from = reading.pass((int) own);
            byte[] next = Arrays.copyOf(key, (int) (shared + own));
            System.arraycopy(bytes, from, next, (int) shared, (int) own);
            key = next;
            if (value < 0 || value > reading.left()) {
                throw new IOException("has a value that is cut off");
            }
            int begin = reading.pass((int) value);
            entries.accept(key, bytes, begin, begin + (int) value);
        }
        if (end < 0 && isWhole) {
            throw new IOException("has no end");
        }
    }
}
