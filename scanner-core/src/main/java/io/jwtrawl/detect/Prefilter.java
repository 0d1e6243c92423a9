package io.jwtrawl.detect;

import io.jwtrawl.rules.Needle;

/// Finds the places that are worth a closer look: those where a [Needle] matches.
///
/// Used by one thread, for one array at a time.
final class Prefilter {

    /// So many bytes are looked through at once; what they hold of needles is then handed out one by one.
    private static final int BLOCK = 32 * 1024;

    private final Sieve sieve;
    private final Needle[] needles;

    private byte[] bytes = {};
    private int to;
    private int blockEnd;

    /// Starts of needles in the current block, each with the needle's index in its low bits, in order.
    private long[] hits = new long[256];

    private int hitCount;
    private int nextHit;

    /// @param sieve of needles in order of importance: where several begin at one place, the first is told first
    Prefilter(Sieve sieve) {
        this.sieve = sieve;
        needles = sieve.needles().toArray(new Needle[0]);
    }

    /// The length of the longest needle.
    int longest() {
        return sieve.longest();
    }

    /// Takes up `array[from, limit)`.
    void begin(byte[] array, int from, int limit) {
        bytes = array;
        to = limit;
        blockEnd = from;
        hitCount = 0;
        nextHit = 0;
    }

    /// Moves on to the next needle that begins at or behind `position` and ends before the limit.
    ///
    /// @return whether there is one
    boolean next(int position) {
        while (true) {
            while (nextHit < hitCount && start(nextHit) < position) {
                nextHit++;
            }
            if (nextHit < hitCount) {
                nextHit++;
                return true;
            }
            if (position > blockEnd) {
                blockEnd = position;
            }
            if (blockEnd >= to) {
                return false;
            }
            fill(blockEnd, Math.min(to, blockEnd + BLOCK));
        }
    }

    /// Where the needle begins that [#next] moved to.
    int start() {
        return start(nextHit - 1);
    }

    /// The needle that [#next] moved to.
    Needle needle() {
        return needles[(int) hits[nextHit - 1]];
    }

    private int start(int hit) {
        return (int) (hits[hit] >>> Integer.SIZE);
    }

    /// Finds the needles that begin in `[from, end)`.
    private void fill(int from, int end) {
        nextHit = 0;
        hitCount = sieve.sift(bytes, from, end, to, hits);
        while (hitCount > hits.length) {
            hits = new long[Math.max(hitCount, 2 * hits.length)];
            hitCount = sieve.sift(bytes, from, end, to, hits);
        }
        blockEnd = end;
    }
}
