package io.jwtrawl.files.unpack;

import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/// A [SeekableStream] as libraries want it. Closing it leaves the stream open.
final class SeekableChannel implements SeekableByteChannel {

    private final SeekableStream in;
    private long position;

    SeekableChannel(SeekableStream in) {
        this.in = in;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (!into.hasRemaining()) {
            return 0;
        }
        in.seek(position);
        byte[] bytes = into.hasArray() ? into.array() : new byte[into.remaining()];
        int offset = into.hasArray() ? into.arrayOffset() + into.position() : 0;
        int read = in.read(bytes, offset, into.remaining());
        if (read > 0) {
            position += read;
            if (into.hasArray()) {
                into.position(into.position() + read);
            } else {
                into.put(bytes, 0, read);
            }
        }
        return read;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long to) {
        position = to;
        return this;
    }

    @Override
    public long size() throws IOException {
        return in.size();
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
