package io.jwtrawl.detect;

import io.jwtrawl.rules.Needle;
import java.util.List;

/// Tells at which positions of an array it is worth comparing needles, and with which.
///
/// There are two: [PairSieve] runs everywhere, [VectorSieve] where the processor can compare many bytes at once. What is
/// found in the end is the same with both.
interface Sieve {

    /// The fastest there is here.
    ///
    /// @param needles in order of importance: where several begin at one place, the first is told first
    static Sieve of(List<Needle> needles) {
        return VectorSieve.of(needles).orElseGet(() -> new PairSieve(new NeedlePairs(needles)));
    }

    /// Notes positions in `bytes[from, end)`, in rising order, such that every needle that stands there has one of its
    /// pairs in [#needles] at one of them. Looks at no byte at or behind `to`.
    ///
    /// @return how many; more than `positions` has room for if they did not fit
    int sift(byte[] bytes, int from, int end, int to, int[] positions);

    /// What to compare at a position, by the pair of bytes there.
    NeedlePairs needles();
}
