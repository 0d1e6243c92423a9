package io.jwtrawl.files.unpack;

import java.io.BufferedInputStream;
import java.io.InputStream;

/// A container's bytes for a decoder, which closes what it reads; the container itself stays open.
final class Borrowed extends BufferedInputStream {

    private static final int BUFFER = 64 * 1024;

    Borrowed(InputStream in) {
        super(in, BUFFER);
    }

    @Override
    public void close() {}
}
