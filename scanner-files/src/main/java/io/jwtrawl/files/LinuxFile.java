package io.jwtrawl.files;

import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file read by system calls, on the thread that opened it.
final class LinuxFile extends SeekableStream {

    private final int descriptor;
    private final Path file;
    private long position;

    LinuxFile(int descriptor, Path file) {
        this.descriptor = descriptor;
        this.file = file;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int read = LinuxCalls.read(descriptor, bytes, offset, length);
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
        try (InputStream in = PortableFile.open(file)) {
            in.skipNBytes(position);
            int read = in.read(bytes, offset, length);
            if (read > 0) {
                position += read;
                if (LinuxCalls.seek(descriptor, position) < 0) {
                    throw new IOException("cannot be read on");
                }
            }
            return read;
        }
    }

    @Override
    public void seek(long to) throws IOException {
        if (LinuxCalls.seek(descriptor, to) < 0) {
            throw new IOException("cannot be read from byte " + to + " on");
        }
        position = to;
    }

    @Override
    public long size() throws IOException {
        long size = LinuxCalls.size(descriptor);
        return size < 0 ? Files.size(file) : size;
    }

    @Override
    public long dataFrom(long from) throws IOException {
        long data = LinuxCalls.nextData(descriptor, from);
        return Math.max(from, data);
    }

    @Override
    public SeekableStream reopen() throws IOException {
        return LinuxFolder.openFile(file);
    }

    @Override
    public void close() {
        LinuxCalls.close(descriptor);
    }
}
