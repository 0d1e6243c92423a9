package io.jwtrawl.files;

import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/// A file read with the standard library.
final class PortableFile extends SeekableStream {

    private final Path file;
    private final FileChannel channel;
    private final InputStream in;

    private PortableFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        in = Channels.newInputStream(channel);
    }

    static PortableFile open(Path file, OpenOption... options) throws IOException {
        return new PortableFile(file, (FileChannel) Files.newByteChannel(file, options));
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return in.read(bytes, offset, length);
    }

    @Override
    public void seek(long position) throws IOException {
        channel.position(position);
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    /// Whoever reopens a file has much of it to read: by system calls, where there are any.
    @Override
    public SeekableStream reopen() throws IOException {
        return LinuxFolder.isSupported() ? LinuxFolder.openFile(file) : open(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
