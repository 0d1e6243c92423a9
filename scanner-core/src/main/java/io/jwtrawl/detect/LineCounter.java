package io.jwtrawl.detect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Counts the lines, and the code points of the last one, in bytes that pass by.
final class LineCounter {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long LINE_FEEDS = '\n' * EACH;

    private long line = 1;
    private long column = 1;

    void reset() {
        line = 1;
        column = 1;
    }

    void set(LineCounter other) {
        line = other.line;
        column = other.column;
    }

    long line() {
        return line;
    }

    long column() {
        return column;
    }

    void pass(byte[] bytes, int from, int to) {
        int feeds = lineFeeds(bytes, from, to);
        int lineStart = from;
        if (feeds > 0) {
            line += feeds;
            column = 1;
            lineStart = to;
            while (bytes[lineStart - 1] != '\n') {
                lineStart--;
            }
        }
        column += codePoints(bytes, lineStart, to);
    }

    private static int lineFeeds(byte[] bytes, int from, int to) {
        int feeds = 0;
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            // A byte of `x` is zero where a line feed stands; the sum cannot carry from one byte
            // into the next.
            long x = (long) LONG.get(bytes, i) ^ LINE_FEEDS;
            long nonZero = ((x & ~HIGH) + ~HIGH) | x;
            feeds += Long.BYTES - Long.bitCount(nonZero & HIGH);
        }
        for (; i < to; i++) {
            if (bytes[i] == '\n') {
                feeds++;
            }
        }
        return feeds;
    }

    /// How many characters `bytes[from, to)` holds: one for each byte that does not continue a UTF-8 sequence.
    private static int codePoints(byte[] bytes, int from, int to) {
        int count = 0;
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            // Continuation bytes are 10xxxxxx: high bit set, next bit clear.
            long x = (long) LONG.get(bytes, i);
            count += Long.BYTES - Long.bitCount(x & ~(x << 1) & HIGH);
        }
        for (; i < to; i++) {
            if ((bytes[i] & 0xc0) != 0x80) {
                count++;
            }
        }
        return count;
    }
}
