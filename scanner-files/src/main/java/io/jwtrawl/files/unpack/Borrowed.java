package io.jwtrawl.files.unpack;

import io.jwtrawl.source.SeekableStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A container's bytes for a decoder, which closes what it reads; the container itself stays open.
final class Borrowed extends BufferedInputStream {

    private static final int BUFFER = 64 * 1024;

    Borrowed(InputStream in) throws IOException {
        super(in, room(in));
    }

    /// How large a buffer is worth it: there may be many small containers.
    static int room(InputStream in) throws IOException {
        return in instanceof SeekableStream whole
                ? (int) Math.max(512, Math.min(BUFFER, whole.size()))
                : BUFFER;
    }

    @Override
    public void close() {}
}
