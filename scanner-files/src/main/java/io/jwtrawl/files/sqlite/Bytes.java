package io.jwtrawl.files.sqlite;

/// Numbers as a database file holds them: big-endian.
final class Bytes {

    /// A variable-length number takes at most so many bytes.
    static final int LONGEST = 9;

    private Bytes() {}

    static int u16(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    static long u32(byte[] bytes, int at) {
        return ((long) u16(bytes, at) << 16) | u16(bytes, at + 2);
    }

    /// The variable-length number at `at`; what it takes beyond `to` counts as zeros.
    static long variable(byte[] bytes, int at, int to) {
        long value = 0;
        for (int i = 0; i < LONGEST; i++) {
            int next = at + i < to ? bytes[at + i] & 0xff : 0;
            if (i == LONGEST - 1) {
                return (value << 8) | next;
            }
            value = (value << 7) | (next & 0x7f);
            if (next < 0x80) {
                return value;
            }
        }
        return value;
    }

    /// How many bytes it takes.
    static int variableLength(byte[] bytes, int at, int to) {
        int length = 1;
        while (length < LONGEST && at + length - 1 < to && bytes[at + length - 1] < 0) {
            length++;
        }
        return length;
    }

    /// A signed number of `length` bytes, up to 8.
    static long signed(byte[] bytes, int at, int length) {
        long value = length == 0 ? 0 : bytes[at];
        for (int i = 1; i < length; i++) {
            value = (value << 8) | (bytes[at + i] & 0xff);
        }
        return value;
    }
}
