package io.jwtrawl.detect;

import io.jwtrawl.rules.Detection;
import io.jwtrawl.rules.Encoding;
import io.jwtrawl.rules.ShapeAutomaton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Reads a token through what interrupts it: line ends, quotes, escapes, colour codes, whatever the gaps of
/// `rules/encodings` describe.
///
/// The token's characters are copied without them. Where a gap stood the token may also have ended; each such place is
/// remembered as a possible end.
final class Mender {

    static final int MAX_GAP = 512;
    private static final int MAX_ENDS = 20_000;

    /// The longest header that is read through gaps, in characters.
    private static final int MAX_HEADER = 16 * 1024;

    private final ShapeAutomaton gaps;
    private final ShapeAutomaton shapes;
    private final List<Detection.GapOrigin> origins;
    private final List<Encoding> encodings;

    /// For each byte whether a gap may begin with it.
    private final boolean[] beginsGap = new boolean[256];

    private byte[] text = new byte[4096];
    private int length;

    /// What the shapes are in after the text so far.
    private int state;

    private boolean header;
    private int stop;
    private boolean open;
    private boolean ambiguous;

    /// Possible ends: so many characters of the text, so far in the bytes, and the encoding of the gap that follows.
    private int[] endLengths = new int[64];

    private int[] endPositions = new int[64];
    private int[] endEncodings = new int[64];

    /// Whether what follows is an escaped character of the token, so that it does not end there.
    private boolean[] endGoesOn = new boolean[64];

    private int ends;

    Mender(Detection detection, List<Encoding> encodings) {
        this.gaps = detection.gaps();
        this.shapes = detection.shapes();
        this.origins = detection.gapOrigins();
        this.encodings = encodings;
        for (int b = 0; b < 256; b++) {
            beginsGap[b] = gaps.step(ShapeAutomaton.START, (byte) b) != ShapeAutomaton.DEAD;
        }
    }

    /// Reads on from `start`, through at most `limit` characters.
    ///
    /// @param last whether nothing follows behind `to`
    /// @param other whether to read gaps that have two readings in the other way
    void read(byte[] bytes, int start, int to, boolean last, boolean other, int limit) {
        length = 0;
        state = ShapeAutomaton.START;
        header = true;
        ends = 0;
        open = false;
        ambiguous = false;
        int position = start;
        while (true) {
            if (position == to) {
                open = !last;
                break;
            }
            byte b = bytes[position];
            if (beginsGap[b & 0xff]) {
                int gapEnd = gap(bytes, position, to, last, other);
                if (open) {
                    break;
                }
                if (gapEnd > position) {
                    Encoding.Reading reading = reading(gap);
                    int character = reading.character(bytes, position, gapEnd);
                    addEnd(length, position, origins.get(gap).encoding(), isBase64Url(character));
                    if (character < 0 && !(reading instanceof Encoding.Reading.Nothing)) {
                        break;
                    }
                    if (character >= 0) {
                        if (!add((byte) character)) {
                            break;
                        }
                    }
                    position = gapEnd;
                    if (ends == MAX_ENDS) {
                        break;
                    }
                    continue;
                }
            }
            if (length == limit || !add(b)) {
                break;
            }
            position++;
        }
        stop = position;
        addEnd(length, position, -1, false);
    }

    /// How far the bytes were read.
    int stop() {
        return stop;
    }

    byte[] text() {
        return text;
    }

    int length() {
        return length;
    }

    /// Whether more input could make it longer.
    boolean isOpen() {
        return open;
    }

    /// Whether some gap has two readings.
    boolean isAmbiguous() {
        return ambiguous;
    }

    int ends() {
        return ends;
    }

    /// How many characters the text has if it ends at the possible end with this index.
    int endLength(int index) {
        return endLengths[index];
    }

    /// Where in the bytes that end is.
    int endPosition(int index) {
        return endPositions[index];
    }

    /// Whether the token goes on there.
    boolean goesOn(int index) {
        return endGoesOn[index];
    }

    /// The encodings of the gaps before the possible end with this index.
    List<String> undoneBefore(int index) {
        var seen = new BitSet();
        List<String> undone = new ArrayList<>();
        for (int i = 0; i < index; i++) {
            int encoding = endEncodings[i];
            if (!seen.get(encoding)) {
                seen.set(encoding);
                undone.add(encodings.get(encoding).id());
            }
        }
        return List.copyOf(undone);
    }

    /// The gap that [#gap] found.
    private int gap;

    /// The end of the longest gap at `position`, or `position` if there is none. In the other reading a gap ends before what
    /// may as well be the token's next characters: a line that begins with `38-` may be numbered, or not.
    private int gap(byte[] bytes, int position, int to, boolean last, boolean other) {
        int state = ShapeAutomaton.START;
        int end = position;
        int i = position;
        int stop = Math.min(to, position + MAX_GAP);
        boolean withoutPart = true;
        boolean endsWithoutPart = false;
        while (i < stop) {
            state = gaps.step(state, bytes[i]);
            if (state == ShapeAutomaton.DEAD) {
                return end;
            }
            withoutPart &= TokenBytes.sextet(bytes[i]) < 0;
            i++;
            long accepted = gaps.accepts()[state];
            if (accepted != 0) {
                if (withoutPart) {
                    endsWithoutPart = true;
                } else if (endsWithoutPart) {
                    ambiguous = true;
                    if (other) {
                        return end;
                    }
                }
                end = i;
                gap =
                        other
                                ? Long.SIZE - 1 - Long.numberOfLeadingZeros(accepted)
                                : Long.numberOfTrailingZeros(accepted);
                ambiguous |= Long.bitCount(accepted) > 1;
            }
        }
        open = i == to && !last;
        return end;
    }

    private Encoding.Reading reading(int index) {
        return origins.get(index).reading(encodings);
    }

    /// Adds a character.
    ///
    /// @return whether any shape can still match
    private boolean add(byte b) {
        int next = shapes.step(state, b);
        boolean part = header || TokenBytes.sextet(b) >= 0 || b == '.' || b == '~' || b == '=';
        header &= b != '.';
        if (next == ShapeAutomaton.DEAD || !part || (header && length == MAX_HEADER)) {
            return false;
        }
        state = next;
        if (length == text.length) {
            text = Arrays.copyOf(text, 2 * length);
        }
        text[length++] = b;
        return true;
    }

    private static boolean isBase64Url(int character) {
        return Character.isLetterOrDigit(character) || character == '-' || character == '_';
    }

    private void addEnd(int atLength, int atPosition, int encoding, boolean goesOn) {
        if (ends == endLengths.length) {
            endLengths = Arrays.copyOf(endLengths, 2 * ends);
            endPositions = Arrays.copyOf(endPositions, 2 * ends);
            endEncodings = Arrays.copyOf(endEncodings, 2 * ends);
            endGoesOn = Arrays.copyOf(endGoesOn, 2 * ends);
        }
        endLengths[ends] = atLength;
        endPositions[ends] = atPosition;
        endEncodings[ends] = encoding;
        endGoesOn[ends] = goesOn;
        ends++;
    }
}
