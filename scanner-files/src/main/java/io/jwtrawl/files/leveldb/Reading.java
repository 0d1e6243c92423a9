package io.jwtrawl.files.leveldb;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.Charset;

/// Numbers and byte strings as LevelDB writes them, one behind the other.
final class Reading {

    private final byte[] bytes;
    private int at;
    private final int to;

    /// Reads `bytes[from, to)`.
    Reading(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        at = from;
        this.to = to;
    }

    int position() {
        return at;
    }

    boolean isDone() {
        return at >= to;
    }

    int left() {
        return to - at;
    }

    int u8() throws IOException {
        need(1);
        return bytes[at++] & 0xff;
    }

    /// A little-endian number.
    long little(int length) throws IOException {
        return little(bytes, pass(length), length);
    }

    static long little(byte[] bytes, int at, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (bytes[at + i] & 0xffL) << (8 * i);
        }
        return value;
    }

    /// A number of seven bits a byte, the lowest first.
    long variable() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = u8();
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IOException("holds a number that does not end");
    }

    /// A length, and whether so much is left.
    int length() throws IOException {
        long length = variable();
        if (length < 0 || length > to - at) {
            throw new EOFException("ends too early");
        }
        return (int) length;
    }

    /// Where the next `length` bytes begin, which are passed.
    int pass(int length) throws IOException {
        need(length);
        at += length;
        return at - length;
    }

    String text(int length, Charset charset) throws IOException {
        return new String(bytes, pass(length), length, charset);
    }

    private void need(int length) throws IOException {
        if (length < 0 || length > to - at) {
            throw new EOFException("ends too early");
        }
    }
}
