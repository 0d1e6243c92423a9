package io.jwtrawl.detect;

import io.jwtrawl.source.Position;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.OptionalInt;

/// A bounded view of a blob, moved forward in place, that knows where in the blob it is.
///
/// It holds what the [Detector] wants to see again and grows only while a token does not fit, up to a limit. Owned by
/// one worker; the bytes are never kept.
public final class ByteWindow {

    private static final int INITIAL = 64 * 1024;

    /// What does not fit is searched again once it does: the larger the step, the less of it.
    private static final long GROWTH = 4;

    /// So far from the beginning a NUL tells that a blob is no text.
    private static final int TEXT_HEAD = 8000;

    private final int limit;

    /// Line and column at the start of the window, if it has lines.
    private final LineCounter base = new LineCounter();

    private boolean counting;

    /// Whether it was asked already if there are lines; that can be told while the window shows the blob's beginning.
    private boolean decided;

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
        decided = false;
        counting = true;
        base.reset();
        recount();
    }

    /// Begins a new blob that [#fill] reads.
    public void begin() {
        begin(0, true);
        decided = false;
    }

    /// Begins in the middle of a blob.
    ///
    /// @param passed how many bytes of it stand before the first that will be read, from which lines are counted
    /// @param hasLines whether to count them at all
    public void begin(long passed, boolean hasLines) {
        bytes = own;
        start = 0;
        from = 0;
        end = 0;
        offset = passed;
        last = false;
        decided = true;
        counting = hasLines;
        base.reset();
        recount();
    }

    /// Whether the blob has lines, told as Git does: by there being no NUL near its beginning.
    public boolean hasLines() {
        if (!decided) {
            decided = true;
            int head = Math.min(end, start + TEXT_HEAD);
            for (int i = start; i < head && counting; i++) {
                counting = bytes[i] != 0;
            }
        }
        return counting;
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
        if (hasLines()) {
            base.pass(bytes, start, keepStart);
        }
        offset += keepStart - start;
        int kept = end - keepStart;
        if (keepStart == 0 && end == bytes.length && bytes.length < limit) {
            own = Arrays.copyOf(own, (int) Math.min(limit, GROWTH * own.length));
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

    /// Whether the window holds nothing but NULs.
    public boolean isEmpty() {
        for (int i = start; i < end; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /// How many bytes of the blob stand before what [#fill] reads next.
    public long next() {
        return offset(end);
    }

    /// Leaves out so many NULs that would be read next, where the window [#isEmpty].
    public void leap(long count) {
        if (hasLines()) {
            base.passNothing(count);
        }
        offset += count;
        recount();
    }

    /// The bytes of the whole window; indexes count from the start of this array.
    public byte[] bytes() {
        return bytes;
    }

    /// How many bytes of [#bytes] were filled.
    public int filled() {
        return end;
    }

    /// Whether the blob ends where the window does.
    public boolean isLast() {
        return last;
    }

    /// Where in [#bytes] what may be looked at before `index` begins: `wanted` bytes, or as many as there are. Up to
    /// [Decoder#LOOK_BEHIND] are there wherever the window moved.
    public int lookBack(int index, int wanted) {
        return Math.max(start, index - wanted);
    }

    /// Where in [#bytes] what may be looked at behind `index` ends: `wanted` bytes, or as many as there are.
    public int lookAhead(int index, int wanted) {
        return Math.min(end, index + wanted);
    }

    /// How many bytes of the blob stand before the byte at `index` of [#bytes].
    public long offset(int index) {
        return offset + index - start;
    }

    /// The index in [#bytes] of the byte at `position` of the blob, if the window shows it or ends there.
    public OptionalInt index(long position) {
        long index = position - offset + start;
        return index >= start && index <= end ? OptionalInt.of((int) index) : OptionalInt.empty();
    }

    /// Where in the blob the byte at `index` of [#bytes] stands; its line is counted from where the blob was begun.
    public Position position(int index) {
        if (!hasLines()) {
            return Position.withoutLines(offset(index));
        }
        if (index < counted) {
            recount();
        }
        cursor.pass(bytes, counted, index);
        counted = index;
        return new Position(offset(index), cursor.line(), cursor.column());
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
