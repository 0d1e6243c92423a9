package io.jwtrawl.reports;

import java.util.zip.Deflater;

/// How many bytes text takes when it is compressed as gzip does, counted as it goes by.
final class GzipSize implements AutoCloseable {

    /// Header and trailer of a gzip file (RFC 1952, section 2.3).
    private static final int FRAME = 18;

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final byte[] sink = new byte[8192];

    void add(byte[] bytes) {
        deflater.setInput(bytes);
        while (!deflater.needsInput()) {
            deflater.deflate(sink);
        }
    }

    /// What came out so far; what the compressor still holds back is less than 64 KiB.
    long bytes() {
        return FRAME + deflater.getBytesWritten();
    }

    void reset() {
        deflater.reset();
    }

    @Override
    public void close() {
        deflater.end();
    }
}
