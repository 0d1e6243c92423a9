package io.jwtrawl.files;

import io.jwtrawl.source.RewindableStream;
import java.io.IOException;
import java.io.InputStream;

/// A file read by system calls, on the thread that opened it.
final class LinuxFile extends RewindableStream {

    private final LinuxCalls calls;
    private final int descriptor;
    private final Folder.Entry file;
    private long position;

    LinuxFile(LinuxCalls calls, int descriptor, Folder.Entry file) {
        this.calls = calls;
        this.descriptor = descriptor;
        this.file = file;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int read = calls.read(descriptor, bytes, offset, length);
        if (read < 0) {
            return readAgain(bytes, offset, length);
        }
        if (read == 0) {
            return -1;
        }
        position += read;
        return read;
    }

    /// Lets the standard library read, which knows how to say why that fails.
    private int readAgain(byte[] bytes, int offset, int length) throws IOException {
        try (InputStream in = PortableFile.open(file.path())) {
            in.skipNBytes(position);
            int read = in.read(bytes, offset, length);
            if (read > 0) {
                position += read;
                if (calls.seek(descriptor, position) < 0) {
                    throw new IOException("cannot be read on");
                }
            }
            return read;
        }
    }

    @Override
    public void rewind() throws IOException {
        if (calls.seek(descriptor, 0) < 0) {
            throw new IOException("cannot be read twice");
        }
        position = 0;
    }

    @Override
    public void close() {
        calls.close(descriptor);
    }
}
