package io.jwtrawl.detect;

import io.jwtrawl.rules.Needle;
import java.util.Arrays;

/// Finds the places that are worth a closer look: those where a [Needle] matches.
///
/// A [Sieve] tells where needles may stand; there they are compared. Used by one thread, for one array at a time.
final class Prefilter {

    /// So many bytes are looked through at once; what they hold of needles is then handed out one by one.
    private static final int BLOCK = 32 * 1024;

    private final Sieve sieve;

    /// Where the sieve says that needles may stand in the current block.
    private int[] positions = new int[4096];

    private byte[] bytes = {};
    private int to;
    private int blockEnd;

    /// Starts of needles in the current block, each with the needle's index in its low bits, in order.
    private long[] hits = new long[64];

    private int hitCount;
    private int nextHit;

    /// @param sieve of needles in order of importance: where several begin at one place, the first is told first
    Prefilter(Sieve sieve) {
        this.sieve = sieve;
    }

    /// The length of the longest needle.
    int longest() {
        return sieve.needles().longest();
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
        return sieve.needles().needle((int) hits[nextHit - 1]);
    }

    private int start(int hit) {
        return (int) (hits[hit] >>> Integer.SIZE);
    }

    /// Finds the needles that begin in `[from, end)`.
    private void fill(int from, int end) {
        hitCount = 0;
        nextHit = 0;
        int stop = Math.min(to, end + sieve.needles().longest());
        int count = sieve.sift(bytes, from, stop, to, positions);
        while (count > positions.length) {
            positions = new int[2 * positions.length];
            count = sieve.sift(bytes, from, stop, to, positions);
        }
        for (int i = 0; i < count; i++) {
            compare(positions[i], from, end);
        }
        if (hitCount > 1) {
            Arrays.sort(hits, 0, hitCount);
        }
        blockEnd = end;
    }

    /// Notes the needles that have a pair at `position` and begin in `[from, end)`.
    private void compare(int position, int from, int end) {
        NeedlePairs pairs = sieve.needles();
        int second = position + 1 < to ? bytes[position + 1] & 0xff : 0;
        int pair = (bytes[position] & 0xff) | (second << Byte.SIZE);
        int link = pairs.match(pairs.first(pair), bytes, position, to);
        while (link != NeedlePairs.NONE) {
            int start = position - pairs.offset(link);
            if (start >= from && start < end) {
                if (hitCount == hits.length) {
                    hits = Arrays.copyOf(hits, 2 * hitCount);
                }
                hits[hitCount++] = (long) start << Integer.SIZE | pairs.needleIndex(link);
            }
            link = pairs.match(pairs.next(link), bytes, position, to);
        }
    }
}
