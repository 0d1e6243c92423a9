package io.jwtrawl.source;

import java.io.IOException;
import java.io.InputStream;

/// A stream that can cheaply be read a second time, so that nobody need remember what it held.
public abstract class RewindableStream extends InputStream {

    /// Goes back to the start.
    public abstract void rewind() throws IOException;

    @Override
    public abstract int read(byte[] bytes, int offset, int length) throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
}
