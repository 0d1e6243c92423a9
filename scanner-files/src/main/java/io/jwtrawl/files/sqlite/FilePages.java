package io.jwtrawl.files.sqlite;

import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.util.Arrays;

/// The pages of a database file ([file format](https://www.sqlite.org/fileformat2.html), section 1).
final class FilePages extends Pages {

    static final int HEADER = 100;

    private final SeekableStream in;
    private final long fileSize;

    private FilePages(SeekableStream in, int size, int reserved) throws IOException {
        super(size, reserved);
        this.in = in;
        fileSize = in.size();
    }

    /// @throws IOException if its header is damaged
    static FilePages of(SeekableStream in) throws IOException {
        byte[] header = new byte[HEADER];
        in.seek(0);
        if (in.readNBytes(header, 0, HEADER) < HEADER) {
            throw new IOException("ends in its header");
        }
        int stated = Bytes.u16(header, 16);
        int size = stated == 1 ? 65536 : stated;
        int reserved = header[20] & 0xff;
        if (size < 512 || Integer.bitCount(size) != 1 || size - reserved < 480) {
            throw new IOException("states pages of " + size + " bytes");
        }
        return new FilePages(in, size, reserved);
    }

    @Override
    int count() {
        return (int) Math.min(MOST, (fileSize + size() - 1) / size());
    }

    @Override
    long offset(int number) {
        return (number - 1L) * size();
    }

    @Override
    void read(int number, byte[] into) throws IOException {
        in.seek(offset(number));
        int read = in.readNBytes(into, 0, size());
        Arrays.fill(into, read, size(), (byte) 0);
    }

    @Override
    boolean isSearched(int number) {
        return true;
    }
}
