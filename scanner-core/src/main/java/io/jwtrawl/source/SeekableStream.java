package io.jwtrawl.source;

import java.io.IOException;

/// A stream that can be read from anywhere, so that a second look is cheap and several threads can share a large one.
public abstract class SeekableStream extends BlockStream {

    /// Goes on with the byte at `position`.
    public abstract void seek(long position) throws IOException;

    /// How many bytes there are now; what grows may have more later.
    public abstract long size() throws IOException;

    /// The same bytes, opened once more by the thread that will read them. This one may be closed already.
    public abstract SeekableStream reopen() throws IOException;

    /// Where from `position` on something is written: what lies before it are NULs that take no space. It may move to where
    /// it is read next.
    public long dataFrom(long position) throws IOException {
        return position;
    }

    /// Whether the bytes are only lent to the thread that opened the stream, so that no other may [#reopen] it.
    public boolean isLent() {
        return false;
    }
}
