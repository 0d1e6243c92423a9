package io.jwtrawl.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Reads a file to its end, but does not run after one that grows faster than it is read.
final class GrowingFileStream extends FilterInputStream {

    private static final long MAX_GROWTH = 64L * 1024 * 1024;
    static final String LIMIT_TEXT =
            "grew by more than 64 MiB while it was read; what was added later was not searched";

    private final Runnable onLimit;
    private long left;

    /// @param size of the file when it was listed
    /// @param onLimit called once if reading stops before the end
    GrowingFileStream(InputStream in, long size, Runnable onLimit) {
        super(in);
        this.left = size + MAX_GROWTH;
        this.onLimit = onLimit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = super.read(bytes, offset, (int) Math.min(length, left));
        if (read > 0) {
            left -= read;
            if (left == 0) {
                onLimit.run();
            }
        }
        return read;
    }
}
