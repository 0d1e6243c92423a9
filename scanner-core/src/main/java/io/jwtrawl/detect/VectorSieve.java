package io.jwtrawl.detect;

import io.jwtrawl.rules.Needle;
import io.jwtrawl.rules.Needle.Probe;
import io.jwtrawl.source.NativeCode;
import java.util.List;
import java.util.Optional;

/// Looks for four bytes of every needle at every position at once, and compares needles where they stand, in a function
/// that is compiled for this machine (`native/sift.c`): five times as fast as [PairSieve].
final class VectorSieve implements Sieve {

    private static final int HALVES = 16;

    private final NeedleChains chains;
    private final byte[] tables;

    private VectorSieve(List<Needle> needles) {
        chains = new NeedleChains(needles, needle -> List.of(needle.probe().offset()));
        tables = tables(needles);
    }

    /// A sieve for `needles`, if the function is at hand and this processor can do it.
    static Optional<Sieve> of(List<Needle> needles) {
        return NativeCode.isLoaded()
                        && new VectorSieve(List.of()).sift(new byte[1], 0, 1, 1, new long[1]) >= 0
                ? Optional.of(new VectorSieve(needles))
                : Optional.empty();
    }

    /// For each byte of a probe and each low half of it a set of buckets, then for each high half.
    static byte[] tables(List<Needle> needles) {
        byte[] tables = new byte[2 * HALVES * Probe.BYTES];
        for (Needle needle : needles) {
            byte bucket = (byte) (1 << needle.probe().bucket());
            for (int i = 0; i < Probe.BYTES; i++) {
                int position = needle.probe().offset() + i;
                int low = 2 * HALVES * i;
                int high = low + HALVES;
                if (position < needle.length()) {
                    String set = needle.sets().get(position);
                    for (int j = 0; j < set.length(); j++) {
                        tables[low + (set.charAt(j) & (HALVES - 1))] |= bucket;
                        tables[high + (set.charAt(j) >> 4)] |= bucket;
                    }
                } else {
                    for (int half = 0; half < HALVES; half++) {
                        tables[low + half] |= bucket;
                        tables[high + half] |= bucket;
                    }
                }
            }
        }
        return tables;
    }

    @Override
    public List<Needle> needles() {
        return chains.needles();
    }

    @Override
    public int longest() {
        return chains.longest();
    }

    @Override
    public int sift(byte[] bytes, int from, int end, int to, long[] hits) {
        int stop = Math.min(to, end + longest());
        int found = sift(bytes, tables, chains.first(), chains.links(), hits, from, end, stop, to);
        if (found > hits.length) {
            return found;
        }
        if (found < 0 && !needles().isEmpty()) {
            throw new IllegalStateException("no vectors any more");
        }
        int count = 0;
        for (int i = 0; i < found; i++) {
            if (chains.stands((int) hits[i], bytes, (int) (hits[i] >>> Integer.SIZE))) {
                hits[count++] = hits[i];
            }
        }
        return found < 0 ? found : count;
    }

    private static native int sift(
            byte[] bytes,
            byte[] tables,
            char[] first,
            long[] links,
            long[] hits,
            int from,
            int end,
            int stop,
            int to);
}
