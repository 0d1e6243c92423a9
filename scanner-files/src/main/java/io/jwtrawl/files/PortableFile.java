package io.jwtrawl.files;

import io.jwtrawl.source.RewindableStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/// A file read with the standard library.
final class PortableFile extends RewindableStream {

    private final FileChannel channel;
    private final InputStream in;

    private PortableFile(FileChannel channel) {
        this.channel = channel;
        in = Channels.newInputStream(channel);
    }

    static PortableFile open(Path file, OpenOption... options) throws IOException {
        return new PortableFile((FileChannel) Files.newByteChannel(file, options));
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return in.read(bytes, offset, length);
    }

    @Override
    public void rewind() throws IOException {
        channel.position(0);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
