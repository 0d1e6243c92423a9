package io.jwtrawl.files;

import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads a file to its end, but does not run after one that grows faster than it is read.
final class GrowingFileStream extends SeekableStream {

    private static final long MAX_GROWTH = 64L * 1024 * 1024;
    static final String LIMIT_TEXT =
            "grew by more than 64 MiB while it was read; what was added later was not searched";

    private final SeekableStream in;
    private final Path file;
    private final Runnable onLimit;
    private long position;

    /// Where reading stops; asked for the size of the file only if it is so large.
    private long end = MAX_GROWTH;

    private boolean sized;

    /// @param onLimit called if reading stops before the end
    GrowingFileStream(SeekableStream in, Path file, Runnable onLimit) {
        this.in = in;
        this.file = file;
        this.onLimit = onLimit;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (position == end && !sized) {
            sized = true;
            end = Math.max(end, Files.size(file)) + MAX_GROWTH;
        }
        if (position == end) {
            return -1;
        }
        int read = in.read(bytes, offset, (int) Math.min(length, end - position));
        if (read > 0) {
            position += read;
            if (position == end && sized) {
                onLimit.run();
            }
        }
        return read;
    }

    @Override
    public void seek(long to) throws IOException {
        in.seek(to);
        position = to;
        end = Math.max(end, to + MAX_GROWTH);
    }

    @Override
    public long size() throws IOException {
        return in.size();
    }

    @Override
    public long dataFrom(long from) throws IOException {
        return in.dataFrom(from);
    }

    @Override
    public SeekableStream reopen() throws IOException {
        return new GrowingFileStream(in.reopen(), file, onLimit);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
