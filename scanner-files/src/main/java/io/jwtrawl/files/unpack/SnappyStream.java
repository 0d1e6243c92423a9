package io.jwtrawl.files.unpack;

import io.jwtrawl.files.leveldb.RawSnappy;
import io.jwtrawl.source.BlockStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// What a file of framed Snappy holds ([format](https://github.com/google/snappy/blob/main/framing_format.txt)). Checksums are
/// not looked at: Firefox writes other ones than the format asks for, and damaged text is searched too.
final class SnappyStream extends BlockStream {

    private static final int COMPRESSED = 0;
    private static final int PLAIN = 1;
    private static final int LAST_UNKNOWN = 0x7f;
    private static final int CHECKSUM = 4;

    /// A frame holds 64 KiB, which may take a sixth more if they cannot be compressed.
    private static final int LONGEST = 128 << 10;

    private final InputStream in;
    private byte[] plain = new byte[0];
    private int position;
    private int limit;
    private boolean isBroken;

    SnappyStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == limit) {
            if (!next()) {
                return -1;
            }
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(plain, position, bytes, offset, count);
        position += count;
        return count;
    }

    /// Reads the next frame; what there is of a damaged one is given out before its damage is told.
    private boolean next() throws IOException {
        if (isBroken) {
            throw new IOException("a frame is damaged");
        }
        int kind = in.read();
        if (kind < 0) {
            return false;
        }
        byte[] size = in.readNBytes(3);
        if (size.length < 3) {
            throw new EOFException();
        }
        int length = (size[0] & 0xff) | (size[1] & 0xff) << 8 | (size[2] & 0xff) << 16;
        if (kind != COMPRESSED && kind != PLAIN) {
            if (kind <= LAST_UNKNOWN) {
                throw new IOException("a frame is of an unknown kind");
            }
            in.skipNBytes(length);
            return true;
        }
        if (length < CHECKSUM || length > LONGEST) {
            throw new IOException("a frame is damaged");
        }
        byte[] frame = in.readNBytes(length);
        if (frame.length < length) {
            isBroken = true;
        }
        if (kind == PLAIN) {
            plain = frame;
            position = Math.min(CHECKSUM, frame.length);
            limit = frame.length;
        } else {
            var expanded = RawSnappy.expand(frame, Math.min(CHECKSUM, frame.length), frame.length);
            isBroken |= !expanded.isWhole();
            plain = expanded.bytes();
            position = 0;
            limit = expanded.length();
        }
        return true;
    }
}
