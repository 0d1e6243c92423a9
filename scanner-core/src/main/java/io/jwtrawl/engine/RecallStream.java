package io.jwtrawl.engine;

import io.jwtrawl.source.BlockStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/// Remembers the latest bytes that were read of a stream, so that they can be searched where they cannot be unpacked.
final class RecallStream extends BlockStream {

    /// More than any decoder reads ahead.
    private static final int REMEMBERED = 256 * 1024;

    private final InputStream in;
    private final byte[] ring = new byte[REMEMBERED];
    private long position;

    RecallStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, Math.min(length, REMEMBERED));
        if (read > 0) {
            int at = (int) (position % REMEMBERED);
            int first = Math.min(read, REMEMBERED - at);
            System.arraycopy(bytes, offset, ring, at, first);
            System.arraycopy(bytes, offset + first, ring, 0, read - first);
            position += read;
        }
        return read;
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    /// How many bytes stand before what [#recalled] gives.
    long forgotten() {
        return Math.max(0, position - REMEMBERED);
    }

    /// What is remembered, and all that follows. Nothing else may be read from then on.
    InputStream recalled() {
        int length = (int) Math.min(position, REMEMBERED);
        byte[] kept = new byte[length];
        for (int i = 0; i < length; i++) {
            kept[i] = ring[(int) ((position - length + i) % REMEMBERED)];
        }
        return new SequenceInputStream(new java.io.ByteArrayInputStream(kept), in);
    }
}
