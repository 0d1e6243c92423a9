package io.jwtrawl.detect;

import io.jwtrawl.source.NativeCode;
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

    /// Fewer bytes are counted before a call has begun.
    private static final int WORTH_A_CALL = 256;

    private static final boolean VECTORS =
            NativeCode.isLoaded() && vectorLineFeeds(new byte[1], 0, 1) >= 0;

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
        int feeds =
                VECTORS && to - from >= WORTH_A_CALL
                        ? vectorLineFeeds(bytes, from, to)
                        : lineFeeds(bytes, from, to);
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

    /// Counts so many NULs.
    void passNothing(long count) {
        column += count;
    }

    /// The same as [#lineFeeds], compiled for this machine (`native/lines.c`).
    private static native int vectorLineFeeds(byte[] bytes, int from, int to);

    private static int lineFeeds(byte[] bytes, int from, int to) {
        int feeds = 0;
        int i = from;
        while (i + Long.BYTES <= to) {
            int stop = endOfRound(i, to);
            long counts = 0;
            for (; i < stop; i += Long.BYTES) {
                // A byte of `x` is zero where a line feed stands; the sum cannot carry from one
                // byte into the next.
                long x = (long) LONG.get(bytes, i) ^ LINE_FEEDS;
                counts += (~(((x & ~HIGH) + ~HIGH) | x) >>> 7) & EACH;
            }
            feeds += sum(counts);
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
        while (i + Long.BYTES <= to) {
            int stop = endOfRound(i, to);
            long continued = 0;
            count += stop - i;
            for (; i < stop; i += Long.BYTES) {
                // Continuation bytes are 10xxxxxx: high bit set, next bit clear.
                long x = (long) LONG.get(bytes, i);
                continued += ((x & ~(x << 1)) >>> 7) & EACH;
            }
            count -= sum(continued);
        }
        for (; i < to; i++) {
            if ((bytes[i] & 0xc0) != 0x80) {
                count++;
            }
        }
        return count;
    }

    /// Where to stop adding eight counts of one byte each, before one overflows. Without that, each eight bytes would take
    /// a `bitCount`, for which the first compiler has no instruction.
    private static int endOfRound(int from, int to) {
        return from + Long.BYTES * Math.min((to - from) / Long.BYTES, 0xff);
    }

    /// The sum of the eight bytes of `counts`.
    private static int sum(long counts) {
        long pairs = (counts & 0x00ff00ff00ff00ffL) + ((counts >>> 8) & 0x00ff00ff00ff00ffL);
        return (int) ((pairs * 0x0001000100010001L) >>> 48);
    }
}
