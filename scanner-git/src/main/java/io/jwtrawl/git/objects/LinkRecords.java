package io.jwtrawl.git.objects;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/// The memory that the records of [Links] are in: chunks of bytes, each filled by one thread. Where a record begins fits
/// into an `int`, of which there is one for each entry of all packs.
final class LinkRecords {

    private static final int POSITION_BITS = 20;
    private static final int SMALLEST = 1 << 16;
    private static final int LARGEST = 1 << POSITION_BITS;
    private static final int MAX_CHUNKS = 1 << (Integer.SIZE - POSITION_BITS);

    private final long limit;
    private final AtomicLong bytes;
    private byte[][] chunks = new byte[16][];
    private int count;

    /// @param taken how many bytes are set aside for something else already
    /// @param limit how many there may be in all
    LinkRecords(long taken, long limit) {
        this.limit = limit;
        bytes = new AtomicLong(taken);
    }

    /// The chunk that a record is in which begins at `place`.
    byte[] chunk(int place) {
        return chunks[place >>> POSITION_BITS];
    }

    /// Where in its chunk the record begins.
    static int position(int place) {
        return place & (LARGEST - 1);
    }

    private synchronized int add(byte[] chunk) {
        if (count == MAX_CHUNKS) {
            return -1;
        }
        if (count == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * count);
        }
        chunks[count] = chunk;
        return count++;
    }

    /// What one thread writes.
    final class Writer {
        private byte[] chunk = {};
        private int number;
        private int position;

        /// Keeps `record[0, length)`.
        ///
        /// @return its place, or 0 if there is no room for it
        int keep(byte[] record, int length) {
            if (length > chunk.length - position && !begin(length)) {
                return 0;
            }
            System.arraycopy(record, 0, chunk, position, length);
            int place = (number << POSITION_BITS) | position;
            position += length;
            return place;
        }

        private boolean begin(int length) {
            int size = Math.clamp(2L * chunk.length, SMALLEST, LARGEST);
            if (length >= LARGEST || bytes.get() >= limit) {
                return false;
            }
            if (length >= size) {
                size = LARGEST;
            }
            if (bytes.addAndGet(size) > limit) {
                bytes.addAndGet(-size);
                return false;
            }
            var next = new byte[size];
            int added = add(next);
            if (added < 0) {
                return false;
            }
            chunk = next;
            number = added;
            position = 1; // the place 0 says that there is no record
            return true;
        }
    }
}
