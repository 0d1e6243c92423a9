package io.jwtrawl.git.objects;

import java.util.Arrays;

/// Sorts offsets and takes along what belongs to each: a radix sort, several times faster than sorting objects or pairs in
/// a program that has just started.
final class OffsetOrder {

    private static final int BITS = 11;
    private static final int BUCKETS = 1 << BITS;

    private OffsetOrder() {}

    /// Sorts `offsets[0, count)`, none of which is negative or above `highest`.
    ///
    /// @return for each place in the order, where its offset stood before
    static int[] sort(long[] offsets, int count, long highest) {
        int[] positions = new int[count];
        for (int i = 0; i < count; i++) {
            positions[i] = i;
        }
        long[] keys = offsets;
        long[] otherKeys = new long[count];
        int[] otherPositions = new int[count];
        int[] starts = new int[BUCKETS];
        int passes = 0;
        for (int shift = 0; shift < Long.SIZE - 1 && highest >>> shift != 0; shift += BITS) {
            Arrays.fill(starts, 0);
            for (int i = 0; i < count; i++) {
                starts[(int) (keys[i] >>> shift) & (BUCKETS - 1)]++;
            }
            int start = 0;
            for (int i = 0; i < BUCKETS; i++) {
                int size = starts[i];
                starts[i] = start;
                start += size;
            }
            for (int i = 0; i < count; i++) {
                int to = starts[(int) (keys[i] >>> shift) & (BUCKETS - 1)]++;
                otherKeys[to] = keys[i];
                otherPositions[to] = positions[i];
            }
            passes++;
            long[] sortedKeys = otherKeys;
            otherKeys = keys;
            keys = sortedKeys;
            int[] sortedPositions = otherPositions;
            otherPositions = positions;
            positions = sortedPositions;
        }
        if (passes % 2 == 1) {
            System.arraycopy(keys, 0, offsets, 0, count);
        }
        return positions;
    }
}
