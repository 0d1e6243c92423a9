package io.jwtrawl.files.parts;

import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A binary file in memory, in which numbers stand at places that other numbers tell.
///
/// What lies outside of it is told by [IndexOutOfBoundsException], whatever the file claims.
final class Numbers {

    /// Larger files of these kinds are not known.
    private static final int MOST = 64 << 20;

    private final byte[] bytes;
    private final ByteBuffer numbers;

    private Numbers(byte[] bytes, ByteOrder order) {
        this.bytes = bytes;
        numbers = ByteBuffer.wrap(bytes).order(order);
    }

    static Numbers of(SeekableStream whole, ByteOrder order) throws IOException {
        return new Numbers(whole.readNBytes(MOST), order);
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return bytes.length;
    }

    int u8(long at) {
        return numbers.get(index(at)) & 0xff;
    }

    int u16(long at) {
        return numbers.getShort(index(at)) & 0xffff;
    }

    long u32(long at) {
        return numbers.getInt(index(at)) & 0xffffffffL;
    }

    long i64(long at) {
        return numbers.getLong(index(at));
    }

    /// A big-endian number of up to 8 bytes.
    long big(long at, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = (value << 8) | u8(at + i);
        }
        return value;
    }

    private int index(long at) {
        if (at < 0 || at >= bytes.length) {
            throw new IndexOutOfBoundsException("nothing at " + at);
        }
        return (int) at;
    }

    /// Text that ends before a NUL.
    String text(long at, int most) {
        var text = new StringBuilder();
        for (long i = at; i < bytes.length && i < at + most && bytes[(int) i] != 0; i++) {
            text.append((char) (bytes[(int) i] & 0xff));
        }
        return text.toString();
    }
}
