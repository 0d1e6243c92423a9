package io.jwtrawl.files.unpack;

import io.jwtrawl.source.BlockStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// What a gzip file holds (RFC 1952), all members of it one after the other. Checksums are not looked at: damaged text is
/// searched too.
final class GzipStream extends BlockStream {

    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int TRAILER = 8;
    private static final int DEFLATED = 8;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final byte[] buffer;
    private int position;
    private int limit;
    private boolean inMember;
    private boolean ended;
    private boolean isFollowed;

    GzipStream(InputStream in) throws IOException {
        this.in = in;
        buffer = new byte[Borrowed.room(in)];
    }

    /// Whether something else stands behind the last member; once the end was reached.
    boolean isFollowed() {
        return isFollowed;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!inMember && !begin(position == 0 && limit == 0)) {
                ended = true;
                break;
            }
            int count = inflate(bytes, offset, length);
            if (count > 0) {
                return count;
            }
        }
        return -1;
    }

    private int inflate(byte[] bytes, int offset, int length) throws IOException {
        try {
            int count = inflater.inflate(bytes, offset, length);
            if (inflater.finished()) {
                position = limit - inflater.getRemaining();
                for (int i = 0; i < TRAILER && count == 0; i++) {
                    next();
                }
                inMember = count > 0;
            } else if (inflater.needsDictionary()) {
                throw new IOException("is damaged");
            } else if (count == 0) {
                if (!fill()) {
                    throw new EOFException("ends too early");
                }
                inflater.setInput(buffer, 0, limit);
                position = limit;
            }
            return count;
        } catch (DataFormatException e) {
            throw new IOException("is damaged", e);
        }
    }

    /// Reads the header of a member.
    ///
    /// @return false if there is none
    private boolean begin(boolean isFirst) throws IOException {
        int first = nextOrEnd();
        while (first == 0 && !isFirst) {
            first = nextOrEnd(); // padding, as on tapes
        }
        if (first < 0) {
            return false;
        }
        if (first != 0x1f || next() != 0x8b || next() != DEFLATED) {
            if (isFirst) {
                throw new IOException("is damaged");
            }
            isFollowed = true;
            return false;
        }
        int flags = next();
        for (int i = 0; i < 6; i++) {
            next();
        }
        if ((flags & EXTRA) != 0) {
            int length = next() | next() << 8;
            for (int i = 0; i < length; i++) {
                next();
            }
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            next();
            next();
        }
        inflater.reset();
        inflater.setInput(buffer, position, limit - position);
        position = limit;
        inMember = true;
        return true;
    }

    private void skipText() throws IOException {
        while (next() != 0) {
            // up to its end
        }
    }

    private int next() throws IOException {
        int next = nextOrEnd();
        if (next < 0) {
            throw new EOFException("ends too early");
        }
        return next;
    }

    private int nextOrEnd() throws IOException {
        return position == limit && !fill() ? -1 : buffer[position++] & 0xff;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
