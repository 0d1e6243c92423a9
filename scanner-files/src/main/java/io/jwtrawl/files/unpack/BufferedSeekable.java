package io.jwtrawl.files.unpack;

import io.jwtrawl.source.SeekableStream;
import java.io.IOException;

/// Reads ahead, so that many small reads near each other are one large one. Others may read the stream below meanwhile.
final class BufferedSeekable extends SeekableStream {

    private static final int BUFFER = 64 * 1024;

    private final SeekableStream in;
    private final byte[] buffer = new byte[BUFFER];
    private long bufferStart;
    private int buffered;
    private long position;
    private long marked;

    BufferedSeekable(SeekableStream in) {
        this.in = in;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        long at = position - bufferStart;
        if (at < 0 || at >= buffered) {
            if (length >= BUFFER) {
                int read = readBelow(bytes, offset, length);
                position += Math.max(0, read);
                return read;
            }
            bufferStart = position;
            buffered = Math.max(0, readBelow(buffer, 0, BUFFER));
            at = 0;
            if (buffered == 0) {
                return -1;
            }
        }
        int count = (int) Math.min(length, buffered - at);
        System.arraycopy(buffer, (int) at, bytes, offset, count);
        position += count;
        return count;
    }

    private int readBelow(byte[] bytes, int offset, int length) throws IOException {
        in.seek(position);
        return in.read(bytes, offset, length);
    }

    long position() {
        return position;
    }

    @Override
    public void seek(long to) {
        position = to;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = Math.max(0, Math.min(count, size() - position));
        position += skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return true;
    }

    @Override
    public void mark(int limit) {
        marked = position;
    }

    @Override
    public void reset() {
        position = marked;
    }

    @Override
    public long size() throws IOException {
        return in.size();
    }

    @Override
    public boolean isLent() {
        return in.isLent();
    }

    @Override
    public SeekableStream reopen() throws IOException {
        return new BufferedSeekable(in.reopen());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
