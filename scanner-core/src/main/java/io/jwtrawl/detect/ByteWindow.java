package io.jwtrawl.detect;

import io.jwtrawl.source.Position;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A bounded view of a blob, moved forward in place, that knows where in the blob it is.
///
/// It holds what the [Detector] wants to see again and grows only while a token does not fit, up to a limit. Owned by
/// one worker; the bytes are never kept.
public final class ByteWindow {

    private static final int INITIAL = 64 * 1024;

    private final int limit;

    /// Line and column at the start of the window, if lines are counted as the window moves.
    private final LineCounter base = new LineCounter();

    private boolean counting;

    /// Line and column at `counted`: asking for many positions in rising order costs one pass.
    private final LineCounter cursor = new LineCounter();

    private int counted;
    private byte[] own = new byte[INITIAL];
    private byte[] bytes = own;
    private int start;

    /// What stands before it was searched already.
    private int from;

    private int end;
    private long offset;
    private boolean last;

    /// @param limit the most bytes that a window may hold, and so the longest token that can be found
    public ByteWindow(int limit) {
        this(limit, INITIAL);
    }

    ByteWindow(int limit, int initial) {
        this.limit = Math.max(limit, initial);
        own = new byte[initial];
        bytes = own;
    }

    /// Shows `array[begin, to)`, a whole blob, without copying it.
    public void show(byte[] array, int begin, int to) {
        bytes = array;
        start = begin;
        from = begin;
        end = to;
        offset = 0;
        last = true;
        counting = true;
        base.reset();
        recount();
    }

    /// Begins a new blob that [#fill] reads.
    ///
    /// @param countLines whether to count lines while the window moves; without that, the places beyond its first
    ///     position have no line until [#locate]
    public void begin(boolean countLines) {
        begin(countLines, 0);
    }

    /// The same for a stream that goes on behind the first bytes of its blob.
    ///
    /// @param passed how many those are; lines are counted only from the first byte on
    public void begin(boolean countLines, long passed) {
        bytes = own;
        start = 0;
        from = 0;
        end = 0;
        offset = passed;
        last = false;
        counting = countLines;
        base.reset();
        recount();
    }

    /// Reads until the window is full or the stream ends.
    ///
    /// @return how many bytes were read
    public int fill(InputStream in) throws IOException {
        int read = 0;
        while (end < bytes.length) {
            int n = in.read(bytes, end, bytes.length - end);
            if (n < 0) {
                last = true;
                break;
            }
            end += n;
            read += n;
        }
        return read;
    }

    /// Lets go of what was searched, but for what a search may look back at, and makes room to read more.
    ///
    /// @param keepFrom from where on the bytes will be searched again
    public void advance(int keepFrom) {
        int keepStart = Math.max(start, keepFrom - Decoder.LOOK_BEHIND);
        if (counting) {
            base.pass(bytes, start, keepStart);
        }
        offset += keepStart - start;
        int kept = end - keepStart;
        if (keepStart == 0 && end == bytes.length && bytes.length < limit) {
            own = Arrays.copyOf(own, (int) Math.min(limit, 2L * own.length));
            bytes = own;
        } else {
            System.arraycopy(bytes, keepStart, bytes, 0, kept);
        }
        start = 0;
        from = keepFrom - keepStart;
        end = kept;
        recount();
    }

    /// Searches the window.
    ///
    /// @return from where on the bytes must be kept
    public int search(Detector detector, CandidateSink sink) {
        return detector.search(
                Layer.of(bytes), start, from, end, last, bytes.length >= limit, sink);
    }

    /// The bytes of the whole window; indexes count from the start of this array.
    public byte[] bytes() {
        return bytes;
    }

    /// Whether the blob ends where the window does.
    public boolean isLast() {
        return last;
    }

    /// How many bytes of the blob stand before the byte at `index` of [#bytes].
    public long offset(int index) {
        return offset + index - start;
    }

    /// Whether [#position] can tell lines: not where the window has moved on without counting them.
    public boolean knowsLines() {
        return counting || offset == 0;
    }

    /// Where in the blob the byte at `index` of [#bytes] stands, if the window [#knowsLines].
    public Position position(int index) {
        if (index < counted) {
            recount();
        }
        cursor.pass(bytes, counted, index);
        counted = index;
        return new Position(offset(index), cursor.line(), cursor.column());
    }

    /// Where the bytes at `offsets` of the blob that `in` reads from its start stand. Overwrites the window.
    ///
    /// @param offsets in rising order
    /// @throws java.io.EOFException if the blob has become too short
    public List<Position> locate(InputStream in, long[] offsets) throws IOException {
        List<Position> positions = new ArrayList<>();
        begin(true);
        for (long wanted : offsets) {
            while (offset + end - start < wanted) {
                base.pass(bytes, start, end);
                offset += end - start;
                start = 0;
                end = Math.max(in.read(bytes, 0, bytes.length), 0);
                if (end == 0) {
                    throw new EOFException("became shorter while it was read");
                }
            }
            recount();
            positions.add(position((int) (wanted - offset) + start));
        }
        return positions;
    }

    private void recount() {
        cursor.set(base);
        counted = start;
    }

    /// Gives back the memory that an unusually long token took.
    public void trim() {
        if (own.length > INITIAL) {
            own = new byte[INITIAL];
            bytes = own;
        }
    }
}
