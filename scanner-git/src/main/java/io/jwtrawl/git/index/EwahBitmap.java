package io.jwtrawl.git.index;

import java.nio.ByteBuffer;
import java.util.BitSet;

/// A bitmap in the compressed form that Git writes (gitformat-bitmap, "EWAH"): words that are all zeros or all ones by
/// their number, the others as they are.
final class EwahBitmap {

    private static final int LITERALS_SHIFT = 33;
    private static final long RUN_MASK = 0xffffffffL;

    private EwahBitmap() {}

    /// Reads the bitmap at the position of `in`, and moves behind it.
    ///
    /// @param size how many bits there may be
    static BitSet read(ByteBuffer in, int size) throws IndexException {
        try {
            int bits = in.getInt();
            int words = in.getInt();
            if (bits < 0 || words < 0 || words > in.remaining() / Long.BYTES) {
                throw damaged();
            }
            var set = new BitSet();
            long position = 0;
            for (int read = 0; read < words; ) {
                long marker = in.getLong();
                read++;
                long run = ((marker >>> 1) & RUN_MASK) * Long.SIZE;
                long literals = marker >>> LITERALS_SHIFT;
                if (literals > words - read || position + run > size + (long) Long.SIZE) {
                    throw damaged();
                }
                if ((marker & 1) != 0) {
                    set.set((int) position, (int) Math.min(position + run, size));
                }
                position += run;
                for (long i = 0; i < literals; i++, read++) {
                    add(in.getLong(), position, size, set);
                    position += Long.SIZE;
                }
            }
            in.getInt(); // where the last marker is, for whoever appends
            return set;
        } catch (java.nio.BufferUnderflowException e) {
            throw damaged();
        }
    }

    private static void add(long word, long position, int size, BitSet set) throws IndexException {
        for (long rest = word; rest != 0; rest &= rest - 1) {
            long bit = position + Long.numberOfTrailingZeros(rest);
            if (bit >= size) {
                throw damaged();
            }
            set.set((int) bit);
        }
    }

    private static IndexException damaged() {
        return new IndexException("a split index whose bitmap is damaged");
    }
}
