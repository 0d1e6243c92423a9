package io.jwtrawl.git.objects;

import java.util.Arrays;

/// The entries of a pack in the order of their offsets, each in one `long`: its offset, and below that its position among
/// the ids of the index.
final class PackOrder {

    /// How many bits are sorted by at a time.
    private static final int BITS = 11;

    private static final int BUCKETS = 1 << BITS;

    private final long[] entries;
    private final int positionBits;

    private PackOrder(long[] entries, int positionBits) {
        this.entries = entries;
        this.positionBits = positionBits;
    }

    /// An offset that cannot be one is taken for the beginning or the end of the pack: reading the header there will say
    /// that it is no good.
    ///
    /// @param end the highest offset that there may be
    static PackOrder of(PackNames names, long end) throws BadObjectException {
        int count = names.count();
        int positionBits = Integer.SIZE - Integer.numberOfLeadingZeros(count);
        if (end >>> (Long.SIZE - 1 - positionBits) != 0) {
            throw new BadObjectException("a pack of too many objects");
        }
        long[] entries = new long[count];
        names.offsets(entries);
        for (int position = 0; position < count; position++) {
            long offset = Math.clamp(entries[position], 0, end);
            entries[position] = (offset << positionBits) | position;
        }
        return new PackOrder(sorted(entries, positionBits, end), positionBits);
    }

    /// A radix sort: several times faster than another in a program that has just started.
    private static long[] sorted(long[] entries, int positionBits, long highest) {
        long[] from = entries;
        long[] to = new long[entries.length];
        int[] starts = new int[BUCKETS];
        for (int digit = 0; digit < Long.SIZE && highest >>> digit != 0; digit += BITS) {
            int shift = positionBits + digit;
            Arrays.fill(starts, 0);
            for (long entry : from) {
                starts[(int) (entry >>> shift) & (BUCKETS - 1)]++;
            }
            int start = 0;
            for (int i = 0; i < BUCKETS; i++) {
                int size = starts[i];
                starts[i] = start;
                start += size;
            }
            for (long entry : from) {
                to[starts[(int) (entry >>> shift) & (BUCKETS - 1)]++] = entry;
            }
            long[] sorted = to;
            to = from;
            from = sorted;
        }
        return from;
    }

    int count() {
        return entries.length;
    }

    long offset(int entry) {
        return entries[entry] >>> positionBits;
    }

    int position(int entry) {
        return (int) entries[entry] & ((1 << positionBits) - 1);
    }

    /// The entry that begins at `offset`, or a negative number.
    int find(long offset) {
        int low = 0;
        int high = entries.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = entries[middle] >>> positionBits;
            if (found == offset) {
                return middle;
            }
            if (found < offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
