package io.jwtrawl.files.sqlite;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The columns of a row (section 2.1): a header says of which type and so how long each is.
final class Row {

    private static final int TEXT_OR_BLOB = 12;

    /// So many bytes of a value are shown where it names something.
    private static final int SHOWN = 120;

    private final byte[] bytes;
    private final int available;
    private final long[] types;

    /// Where each column begins in `bytes`, and where the last one ends.
    private final long[] starts;

    private Row(byte[] bytes, int available, long[] types, long[] starts) {
        this.bytes = bytes;
        this.available = available;
        this.types = types;
        this.starts = starts;
    }

    /// @param bytes that hold it from `from` to `to`, or its beginning if it is `total` bytes long
    /// @return null if that is no row
    static @Nullable Row of(byte[] bytes, int from, int to, long total) {
        long header = Bytes.variable(bytes, from, to);
        if (header < 1 || header > Math.min(total, (long) to - from)) {
            return null;
        }
        int end = from + (int) header;
        long[] types = new long[(int) Math.min(header, 40)];
        long[] starts = new long[types.length + 1];
        int count = 0;
        long start = end;
        for (int at = from + Bytes.variableLength(bytes, from, to); at < end; ) {
            if (count == types.length) {
                types = Arrays.copyOf(types, 2 * count);
                starts = Arrays.copyOf(starts, 2 * count + 1);
            }
            types[count] = Bytes.variable(bytes, at, end);
            starts[count] = start;
            start += lengthOf(types[count]);
            at += Bytes.variableLength(bytes, at, end);
            count++;
            if (start < 0) {
                return null;
            }
        }
        starts[count] = start;
        return start - from > total
                ? null
                : new Row(bytes, to, Arrays.copyOf(types, count), Arrays.copyOf(starts, count + 1));
    }

    private static long lengthOf(long type) {
        if (type >= TEXT_OR_BLOB) {
            return (type - TEXT_OR_BLOB) / 2;
        }
        return type <= 4 ? Math.max(0, type) : type == 5 ? 6 : type <= 7 ? 8 : 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int columns() {
        return types.length;
    }

    /// Whether all of it is exactly as long as it says.
    boolean fills(int to) {
        return starts[types.length] == to;
    }

    boolean isTextOrBlob(int column) {
        return types[column] >= TEXT_OR_BLOB;
    }

    private boolean isText(int column) {
        return isTextOrBlob(column) && types[column] % 2 == 1;
    }

    long start(int column) {
        return starts[column];
    }

    long length(int column) {
        return starts[column + 1] - starts[column];
    }

    /// Whether the whole column is here.
    boolean has(int column) {
        return starts[column + 1] <= available;
    }

    /// What a column holds, as a name for something; long ones are cut.
    String show(int column, Charset charset) {
        if (column >= types.length || starts[column] > available) {
            return "?";
        }
        int from = (int) starts[column];
        int to = (int) Math.min(starts[column + 1], available);
        int shown = Math.min(to, from + SHOWN);
        if (isText(column)) {
            return new String(bytes, from, shown - from, charset) + (shown < to ? "…" : "");
        }
        if (isTextOrBlob(column)) {
            return isPrintable(from, shown)
                    ? new String(bytes, from, shown - from, StandardCharsets.US_ASCII)
                    : HexFormat.of().formatHex(bytes, from, Math.min(shown, from + 16));
        }
        return types[column] == 0 ? "" : Long.toString(integer(column));
    }

    private boolean isPrintable(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < ' ' || bytes[i] == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /// The whole number that a column holds; 0 if it holds something else.
    long integer(int column) {
        if (column >= types.length || !has(column)) {
            return 0;
        }
        long type = types[column];
        return type == 9
                ? 1
                : type >= 1 && type <= 6
                        ? Bytes.signed(bytes, (int) starts[column], (int) length(column))
                        : 0;
    }
}
