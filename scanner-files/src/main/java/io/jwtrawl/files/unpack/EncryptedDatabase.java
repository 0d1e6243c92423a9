package io.jwtrawl.files.unpack;

/// Tells an encrypted database by what it is not: it has no header, whole pages, and bytes like those of a die.
final class EncryptedDatabase {

    private static final int LOOKED_AT = 4096;

    /// Of 4096 random bytes, each value is expected 16 times, and the sum of squares is near 4096 * 17.
    private static final int MOST_SQUARES = LOOKED_AT * 19;

    private EncryptedDatabase() {}

    /// Whether a file with the name of a database that begins with `bytes[from, to)` looks like one.
    static boolean isOne(byte[] bytes, int from, int to) {
        if (to - from < LOOKED_AT) {
            return false;
        }
        int[] counts = new int[256];
        for (int i = from; i < from + LOOKED_AT; i++) {
            counts[bytes[i] & 0xff]++;
        }
        int squares = 0;
        for (int count : counts) {
            squares += count * count;
        }
        return squares <= MOST_SQUARES;
    }
}
