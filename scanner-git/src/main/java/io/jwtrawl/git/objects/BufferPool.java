package io.jwtrawl.git.objects;

/// Arrays that one thread uses again and again, by the power of two that their size is: Java would clear each new one.
final class BufferPool {

    private static final int SMALLEST = 10;

    /// Larger ones are given up after use.
    private static final int LARGEST = 22;

    private static final int KEPT = 6;

    private final byte[][][] free = new byte[LARGEST + 1][KEPT][];
    private final int[] counts = new int[LARGEST + 1];

    /// An array of at least `length` bytes, which hold anything.
    byte[] take(int length) {
        int power = Math.max(SMALLEST, Integer.SIZE - Integer.numberOfLeadingZeros(length - 1));
        if (power > LARGEST) {
            return new byte[length];
        }
        return counts[power] > 0 ? free[power][--counts[power]] : new byte[1 << power];
    }

    /// Takes back what nobody uses any more.
    void give(byte[] array) {
        int power = Integer.numberOfTrailingZeros(array.length);
        if (power <= LARGEST && array.length == 1 << power && counts[power] < KEPT) {
            free[power][counts[power]++] = array;
        }
    }
}
