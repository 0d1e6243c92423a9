package io.jwtrawl.detect;

import io.jwtrawl.rules.TokenRule;
import java.util.Arrays;
import java.util.List;

/// Bytes that have the shape of a token.
///
/// @param layer where they stand
/// @param carrierStart where in the layer they begin
/// @param carrierEnd where in the layer they end
/// @param text holds the token's characters at `[start, end)`: the layer's bytes, or a copy without what interrupts them
/// @param undone the ids of the encodings whose gaps were taken out, in order of appearance
@SuppressWarnings("ArrayRecordComponent") // lent, never compared
public record Candidate(
        Layer layer,
        int carrierStart,
        int carrierEnd,
        byte[] text,
        int start,
        int end,
        TokenRule rule,
        List<String> undone) {

    public static Candidate direct(Layer layer, int start, int end, TokenRule rule) {
        return new Candidate(layer, start, end, layer.bytes(), start, end, rule, List.of());
    }

    /// The same with text of its own, where the text is lent only until the next one is looked at.
    Candidate kept() {
        byte[] own = Arrays.copyOfRange(text, start, end);
        return new Candidate(layer, carrierStart, carrierEnd, own, 0, own.length, rule, undone);
    }

    public int length() {
        return end - start;
    }
}
