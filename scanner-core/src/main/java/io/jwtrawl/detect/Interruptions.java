package io.jwtrawl.detect;

import io.jwtrawl.rules.Detection;
import io.jwtrawl.rules.Encoding;
import io.jwtrawl.rules.ShapeAutomaton;
import java.util.List;

/// What may stand between the lines of an encoded text: of the gaps that a token is read through, those that stand for no
/// character.
final class Interruptions {

    private final ShapeAutomaton gaps;

    /// The gaps that read as nothing, gap `i` being bit `i`.
    private final long empty;

    Interruptions(Detection detection, List<Encoding> encodings) {
        gaps = detection.gaps();
        long nothing = 0;
        for (int i = 0; i < detection.gapOrigins().size(); i++) {
            Encoding.Reading reading = detection.gapOrigins().get(i).reading(encodings);
            nothing |= reading instanceof Encoding.Reading.Nothing ? 1L << i : 0;
        }
        empty = nothing;
    }

    /// The end of the longest one at `position`: `position` if there is none, or `to` of `in` if it may be longer than what
    /// is there.
    int end(Decoder.Span in, int position) {
        int stop = Math.min(in.to(), position + GapReader.MAX_GAP);
        int state = ShapeAutomaton.START;
        int end = position;
        for (int i = position; i < stop; i++) {
            state = gaps.step(state, in.bytes()[i]);
            if (state == ShapeAutomaton.DEAD) {
                return end;
            }
            if ((gaps.accepts()[state] & empty) != 0) {
                end = i + 1;
            }
        }
        return stop == in.to() && !in.last() ? stop : end;
    }
}
