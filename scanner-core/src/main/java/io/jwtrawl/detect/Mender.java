package io.jwtrawl.detect;

import io.jwtrawl.rules.Detection;
import io.jwtrawl.rules.Encoding;
import io.jwtrawl.rules.ShapeAutomaton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads a token through what interrupts it: line ends, quotes, escapes, colour codes, whatever the gaps of
/// `rules/encodings` describe.
///
/// The token's characters are copied without them. Where a gap stood the token may also have ended; each such place is
/// remembered as a possible end. What was read for one token is not read again for another that begins inside it.
final class Mender {

    private static final int MAX_ENDS = 20_000;

    /// The longest header that is read through gaps, in characters.
    private static final int MAX_HEADER = 16 * 1024;

    /// So many characters tell whether a header can begin so.
    private static final int TELLING = 12;

    private final GapReader gapReader;

    /// What may stand behind a header.
    private static final boolean[] PARTS = new boolean[256];

    static {
        for (int b = 0; b < PARTS.length; b++) {
            PARTS[b] = TokenBytes.sextet((byte) b) >= 0 || b == '.' || b == '~' || b == '=';
        }
    }

    private final ShapeAutomaton shapes;
    private final List<Encoding> encodings;

    /// What was read, with each of the two readings of gaps that have two.
    private final MendedText usual = new MendedText();

    private final MendedText otherwise = new MendedText();

    private MendedText mended = usual;

    /// Where in the text the token begins and ends, and the first gap behind its beginning.
    private int begin;

    private int end;
    private int firstGap;

    /// Possible ends: a gap each, and what the shapes are in there; the last is where reading stopped.
    private int[] states = new int[64];

    private int ends;
    private int stop;
    private boolean open;

    /// What the shapes are in after the text so far.
    private int state;

    private boolean jose;
    private boolean header;

    /// The encodings of the first so many gaps.
    private List<String> undone = List.of();

    private int undoneThrough;

    Mender(Detection detection, List<Encoding> encodings) {
        this.gapReader = new GapReader(detection, encodings);
        shapes = detection.shapes();
        this.encodings = encodings;
    }

    /// Takes up other bytes.
    void reset() {
        usual.clear(0);
        otherwise.clear(0);
    }

    /// Reads on from `start`, through at most `limit` characters.
    ///
    /// @param last whether nothing follows behind `to`
    /// @param mustBeJose whether it is of no interest without a JOSE header
    /// @param other whether to read gaps that have two readings in the other way
    void read(
            byte[] bytes,
            int start,
            int to,
            boolean last,
            boolean mustBeJose,
            boolean other,
            int limit) {
        mended = other ? otherwise : usual;
        jose = mustBeJose;
        state = ShapeAutomaton.START;
        header = true;
        ends = 0;
        open = false;
        undone = List.of();
        undoneThrough = 0;
        firstGap = mended.gapFrom(start);
        begin = mended.indexOf(start, firstGap);
        if (begin < 0 || firstGap > MAX_ENDS) {
            mended.clear(start);
            firstGap = 0;
            begin = 0;
        }
        end = begin;
        if (readAgain(limit)) {
            readOn(bytes, to, last, other, limit);
        }
        addEnd();
    }

    /// Reads what was read before.
    ///
    /// @return whether it may go on
    private boolean readAgain(int limit) {
        byte[] text = mended.text();
        for (int gap = firstGap; gap < mended.gaps(); gap++) {
            int before = mended.lengthBefore(gap);
            passHeader(text, Math.min(before, begin + limit));
            while (end < before) {
                if (end - begin == limit || !accepts(text[end])) {
                    stop = mended.begin(gap) - (before - end);
                    return false;
                }
                end++;
            }
            addEnd();
            stop = mended.begin(gap);
            int character = mended.character(gap);
            if (character >= 0 ? !accepts((byte) character) : character != MendedText.NOTHING) {
                return false;
            }
            end += character >= 0 ? 1 : 0;
            stop = mended.end(gap);
            if (ends == MAX_ENDS) {
                return false;
            }
        }
        while (end < mended.length()) {
            if (end - begin == limit || !accepts(text[end])) {
                stop = mended.position() - (mended.length() - end);
                return false;
            }
            end++;
        }
        return true;
    }

    /// Passes characters inside a header before `until`, of which nothing is to be learned.
    private void passHeader(byte[] text, int until) {
        int stopBefore = Math.min(until, begin + MAX_HEADER);
        if (!header || end - begin <= TELLING) {
            return;
        }
        while (end < stopBefore && text[end] != '.') {
            int next = shapes.step(state, text[end]);
            if (next == ShapeAutomaton.DEAD) {
                return;
            }
            state = next;
            end++;
        }
    }

    private void readOn(byte[] bytes, int to, boolean last, boolean other, int limit) {
        while (true) {
            int position = mended.position();
            stop = position;
            if (position == to) {
                open = !last;
                return;
            }
            byte b = bytes[position];
            if (gapReader.mayBegin(b)) {
                int gapEnd = gapReader.end(bytes, position, to, last, other);
                if (gapReader.isOpen()) {
                    open = true;
                    return;
                }
                if (gapEnd > position) {
                    int character = gapReader.character(bytes, position, gapEnd);
                    addEnd();
                    boolean goesOn =
                            character >= 0
                                    ? accepts((byte) character)
                                    : character == MendedText.NOTHING;
                    mended.addGap(gapEnd, gapReader.encoding(), character, gapReader.isAmbiguous());
                    if (!goesOn) {
                        return;
                    }
                    end = mended.length();
                    stop = gapEnd;
                    if (ends == MAX_ENDS) {
                        return;
                    }
                    continue;
                }
            }
            if (end - begin == limit || !accepts(b)) {
                return;
            }
            mended.add(b);
            end++;
        }
    }

    /// How far the bytes were read.
    int stop() {
        return stop;
    }

    /// Holds the token's characters.
    byte[] text() {
        return mended.text();
    }

    /// Where in [#text] the token begins.
    int begin() {
        return begin;
    }

    /// Where it ends at most.
    int end() {
        return end;
    }

    /// Whether more input could make it longer.
    boolean isOpen() {
        return open;
    }

    /// Whether some gap has two readings.
    boolean isAmbiguous() {
        int before = mended.ambiguousAmong(firstGap);
        return mended.ambiguousAmong(firstGap + ends - 1) > before;
    }

    int ends() {
        return ends;
    }

    /// Where in [#text] the token ends if it ends at the possible end with this index.
    int end(int index) {
        return index == ends - 1 ? end : mended.lengthBefore(firstGap + index);
    }

    /// Where in the bytes that end is.
    int endPosition(int index) {
        return index == ends - 1 ? stop : mended.begin(firstGap + index);
    }

    /// What the shapes are in there.
    int endState(int index) {
        return states[index];
    }

    /// Whether the token goes on there: what follows is an escaped character of it.
    boolean goesOn(int index) {
        return index < ends - 1 && isBase64Url(mended.character(firstGap + index));
    }

    /// The encodings of the gaps before the possible end with this index, in order of appearance.
    List<String> undoneBefore(int index) {
        if (index < undoneThrough) {
            undone = List.of();
            undoneThrough = 0;
        }
        for (; undoneThrough < index; undoneThrough++) {
            String id = encodings.get(mended.encoding(firstGap + undoneThrough)).id();
            if (!undone.contains(id)) {
                List<String> more = new ArrayList<>(undone);
                more.add(id);
                undone = List.copyOf(more);
            }
        }
        return undone;
    }

    /// Takes the next character.
    ///
    /// @return whether any shape can still match
    private boolean accepts(byte b) {
        if (header ? endsHeader(b) : !PARTS[b & 0xff]) {
            return false;
        }
        int next = shapes.step(state, b);
        if (next == ShapeAutomaton.DEAD) {
            return false;
        }
        state = next;
        return true;
    }

    /// Learns the next character of what may be a header.
    ///
    /// @return whether it is none
    private boolean endsHeader(byte b) {
        int length = end - begin;
        if (jose
                && (length == TELLING || b == '.')
                && !TokenBytes.beginsLikeHeader(mended.text(), begin, end)) {
            return true;
        }
        if (b != '.') {
            return length == MAX_HEADER;
        }
        header = false;
        return jose && !endsLikeHeader();
    }

    private boolean endsLikeHeader() {
        byte[] text = mended.text();
        int unpadded = end;
        while (unpadded > begin && text[unpadded - 1] == '=') {
            unpadded--;
        }
        return TokenBytes.endsLikeHeader(text, begin, unpadded);
    }

    private static boolean isBase64Url(int character) {
        return Character.isLetterOrDigit(character) || character == '-' || character == '_';
    }

    private void addEnd() {
        if (ends == states.length) {
            states = Arrays.copyOf(states, 2 * ends);
        }
        states[ends++] = state;
    }
}
