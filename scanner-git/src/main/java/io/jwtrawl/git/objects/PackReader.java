package io.jwtrawl.git.objects;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Reads the entries of one pack for one thread: what [#header] says of one, then its content.
final class PackReader implements AutoCloseable {

    private static final int WINDOW = 128 * 1024;

    /// Windows begin at multiples of it.
    private static final int ALIGNMENT = 4096;

    private static final int MAX_NUMBER = 10;
    private static final byte[] NO_ID = {};

    private final Pack pack;
    private final int idLength;
    private final ByteBuffer window;
    private long windowStart;
    private long windowEnd;
    private final byte[] header;
    private final Inflater inflater = new Inflater();

    private int type;
    private long size;
    private long base;
    private byte[] baseId = NO_ID;
    private long data;

    PackReader(Pack pack) {
        this.pack = pack;
        idLength = pack.format().length();
        header = new byte[MAX_NUMBER + idLength];
        window = ByteBuffer.allocateDirect((int) Math.min(WINDOW, pack.end() + ALIGNMENT));
    }

    /// Reads the header of the entry at `offset`.
    void header(long offset) throws IOException {
        if (offset < Pack.HEADER || offset >= pack.end()) {
            throw new BadObjectException("an offset outside of the pack");
        }
        int available = (int) Math.min(header.length, pack.end() - offset);
        show(offset, available);
        window.get((int) (offset - windowStart), header, 0, available);
        Arrays.fill(header, available, header.length, (byte) 0); // ends any number
        int at = 0;
        int b = header[at++];
        type = (b >> 4) & 7;
        size = b & 15;
        for (int shift = 4; b < 0; shift += 7) {
            if (at == MAX_NUMBER) {
                throw new BadObjectException("a size that is no number");
            }
            b = header[at++];
            size |= (b & 0x7fL) << shift;
        }
        if (size < 0) {
            throw new BadObjectException("a size that is no number");
        }
        if (type == EntryType.OFS_DELTA) {
            b = header[at++];
            long back = b & 0x7f;
            while (b < 0) {
                if (back > offset) {
                    throw new BadObjectException("a base outside of the pack");
                }
                b = header[at++];
                back = ((back + 1) << 7) + (b & 0x7f);
            }
            base = offset - back;
            if (back == 0 || base < Pack.HEADER) {
                throw new BadObjectException("a base outside of the pack");
            }
        } else if (type == EntryType.REF_DELTA) {
            baseId = Arrays.copyOfRange(header, at, at + idLength);
            at += idLength;
        } else if (type < EntryType.COMMIT || type > EntryType.TAG) {
            throw new BadObjectException("an entry of no known type");
        }
        data = offset + at;
        if (data > pack.end()) {
            throw new BadObjectException("an entry that is cut off");
        }
    }

    /// One of [EntryType].
    int type() {
        return type;
    }

    /// The size of the content, or of the delta, as the header claims.
    long size() {
        return size;
    }

    /// The offset of the base of an [EntryType#OFS_DELTA].
    long base() {
        return base;
    }

    /// The id of the base of an [EntryType#REF_DELTA].
    byte[] baseId() {
        return baseId;
    }

    /// Where the compressed content begins.
    long data() {
        return data;
    }

    /// Expands the content behind the latest header into the first [#size] bytes of `to`, which is longer than that.
    void inflate(byte[] to) throws IOException {
        begin();
        int length = (int) size;
        int done = 0;
        while (true) {
            // One byte more, so that an end is noticed that comes too late.
            int n = next(to, done, length + 1 - done);
            done += Math.max(n, 0);
            if (n < 0 || done > length) {
                break;
            }
        }
        if (done != length) {
            throw new BadObjectException("content of another size than its header says");
        }
    }

    /// Makes ready to expand the content behind the latest header with [#next].
    void begin() throws IOException {
        inflater.reset();
        feed(data);
    }

    /// Expands some more.
    ///
    /// @return how many bytes, or -1 at the end
    int next(byte[] to, int from, int length) throws IOException {
        try {
            while (!inflater.finished()) {
                int n = inflater.inflate(to, from, length);
                if (n > 0) {
                    return n;
                }
                if (inflater.needsInput() && !inflater.finished()) {
                    long fed = windowStart + window.position();
                    if (fed >= pack.end()) {
                        throw new BadObjectException("compressed content that is cut off");
                    }
                    feed(fed);
                } else if (inflater.needsDictionary()) {
                    throw new BadObjectException("compressed content with a dictionary");
                }
            }
            return -1;
        } catch (DataFormatException e) {
            throw new BadObjectException("compressed content that is broken", e);
        }
    }

    private void feed(long offset) throws IOException {
        show(offset, 1);
        window.limit((int) (windowEnd - windowStart)).position((int) (offset - windowStart));
        inflater.setInput(window);
    }

    /// Has at least `length` bytes from `offset` on in the window.
    private void show(long offset, int length) throws IOException {
        if (offset >= windowStart && offset + length <= windowEnd) {
            return;
        }
        windowStart = offset & -ALIGNMENT;
        window.clear();
        if (windowStart + window.limit() > pack.end()) {
            window.limit((int) Math.max(0, pack.end() - windowStart));
        }
        pack.read(window, windowStart);
        windowEnd = windowStart + window.position();
        if (offset + length > windowEnd) {
            throw new BadObjectException("a pack that is cut off");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
