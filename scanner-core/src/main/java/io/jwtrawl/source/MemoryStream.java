package io.jwtrawl.source;

/// Bytes that are in memory already, read like a file.
public final class MemoryStream extends SeekableStream {

    private final byte[] bytes;
    private final int start;
    private final int end;
    private final boolean lent;
    private int position;

    /// @param lent whether the array will be used for something else
    public MemoryStream(byte[] bytes, int start, int end, boolean lent) {
        this.lent = lent;
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        position = start;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int count = Math.min(length, end - position);
        if (count <= 0) {
            return -1;
        }
        System.arraycopy(bytes, position, into, offset, count);
        position += count;
        return count;
    }

    @Override
    public void seek(long to) {
        position = (int) Math.min(end, start + Math.max(0, to));
    }

    @Override
    public long size() {
        return (long) end - start;
    }

    @Override
    public int available() {
        return end - position;
    }

    @Override
    public boolean isLent() {
        return lent;
    }

    @Override
    public SeekableStream reopen() {
        return new MemoryStream(bytes, start, end, lent);
    }
}
