package io.jwtrawl.detect;

import io.jwtrawl.rules.Needle;
import java.util.List;

/// Finds needles in arrays.
///
/// There are two: [PairSieve] runs everywhere, [VectorSieve] where the processor can compare many bytes at once. Both find
/// the same. Shared by all threads.
interface Sieve {

    /// The fastest there is here.
    ///
    /// @param needles in order of importance: where several begin at one place, the first is told first
    static Sieve of(List<Needle> needles) {
        return VectorSieve.of(needles).orElseGet(() -> new PairSieve(needles));
    }

    /// Notes the needles that begin in `bytes[from, end)` and end before `to`: for each its start in the high half of a
    /// number and its index in the low one, in rising order.
    ///
    /// @return how many there are; more than `hits` has room for if they did not fit
    int sift(byte[] bytes, int from, int end, int to, long[] hits);

    /// The needles, by their indexes.
    List<Needle> needles();

    /// The length of the longest needle.
    int longest();
}
