package io.jwtrawl.source;

import java.io.IOException;

/// A range of a [SeekableStream] as a stream of its own, such as a member that a container holds as it is.
///
/// Nothing else may read the underlying stream meanwhile.
public final class SliceStream extends SeekableStream {

    private final SeekableStream whole;
    private final long start;
    private final long length;
    private long position;
    private boolean positioned;

    public SliceStream(SeekableStream whole, long start, long length) {
        this.whole = whole;
        this.start = start;
        this.length = length;
    }

    @Override
    public int read(byte[] bytes, int offset, int wanted) throws IOException {
        if (wanted == 0) {
            return 0;
        }
        if (position >= length) {
            return -1;
        }
        if (!positioned) {
            whole.seek(start + position);
            positioned = true;
        }
        int read = whole.read(bytes, offset, (int) Math.min(wanted, length - position));
        if (read < 0) {
            throw new IOException("ends too early");
        }
        position += read;
        return read;
    }

    @Override
    public long skip(long count) {
        long skipped = Math.max(0, Math.min(count, length - position));
        position += skipped;
        positioned = false;
        return skipped;
    }

    @Override
    public void seek(long to) {
        position = to;
        positioned = false;
    }

    @Override
    public long size() {
        return length;
    }

    @Override
    public boolean isLent() {
        return whole.isLent();
    }

    @Override
    public SeekableStream reopen() throws IOException {
        return new SliceStream(whole.reopen(), start, length);
    }

    @Override
    public void close() throws IOException {
        whole.close();
    }
}
