package io.jwtrawl.detect;

import io.jwtrawl.rules.Detection;
import io.jwtrawl.rules.Encoding;
import io.jwtrawl.rules.ShapeAutomaton;
import java.util.List;

/// Finds what interrupts a token at one place: whatever the gaps of `rules/encodings` describe.
final class GapReader {

    static final int MAX_GAP = 512;

    private final ShapeAutomaton gaps;
    private final Encoding.Reading[] readings;
    private final int[] encodings;

    /// For each byte whether a gap may begin with it.
    private final boolean[] begins = new boolean[256];

    private int gap;
    private boolean open;
    private boolean ambiguous;

    GapReader(Detection detection, List<Encoding> all) {
        gaps = detection.gaps();
        List<Detection.GapOrigin> origins = detection.gapOrigins();
        readings = new Encoding.Reading[origins.size()];
        encodings = new int[origins.size()];
        for (int i = 0; i < readings.length; i++) {
            readings[i] = origins.get(i).reading(all);
            encodings[i] = origins.get(i).encoding();
        }
        for (int b = 0; b < 256; b++) {
            begins[b] = gaps.step(ShapeAutomaton.START, (byte) b) != ShapeAutomaton.DEAD;
        }
    }

    /// Whether a gap may begin with `b`.
    boolean mayBegin(byte b) {
        return begins[b & 0xff];
    }

    /// The end of the longest gap at `position`, or `position` if there is none. In the other reading a gap ends before what
    /// may as well be the token's next characters: a line that begins with `38-` may be numbered, or not.
    ///
    /// @param last whether nothing follows behind `to`
    int end(byte[] bytes, int position, int to, boolean last, boolean other) {
        int state = ShapeAutomaton.START;
        int end = position;
        int i = position;
        int stop = Math.min(to, position + MAX_GAP);
        boolean withoutPart = true;
        boolean endsWithoutPart = false;
        open = false;
        ambiguous = false;
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
                ambiguous |= (accepted & (accepted - 1)) != 0;
            }
        }
        open = i == to && !last;
        return end;
    }

    /// Whether more input could make the gap longer that [#end] looked for.
    boolean isOpen() {
        return open;
    }

    /// Whether that gap has two readings.
    boolean isAmbiguous() {
        return ambiguous;
    }

    /// The index of the encoding that it belongs to.
    int encoding() {
        return encodings[gap];
    }

    /// The character that it stands for where it is `bytes[position, gapEnd)`, or [MendedText#NOTHING], or
    /// [MendedText#UNREADABLE].
    int character(byte[] bytes, int position, int gapEnd) {
        Encoding.Reading reading = readings[gap];
        if (reading instanceof Encoding.Reading.Nothing) {
            return MendedText.NOTHING;
        }
        int character = reading.character(bytes, position, gapEnd);
        return character < 0 ? MendedText.UNREADABLE : character;
    }
}
