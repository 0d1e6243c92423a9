package io.jwtrawl.detect;

import io.jwtrawl.rules.Needle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Finds the places that are worth a closer look: those where a [Needle] matches.
///
/// It looks at every third pair of bytes and asks one table whether any needle has that pair there; the rest happens
/// where one has. Used by one thread, for one array at a time.
final class Prefilter {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// So many bytes are looked through at once; what they hold of needles is then handed out one by one.
    private static final int BLOCK = 32 * 1024;

    /// Three pairs fit into eight bytes; the next eight begin nine bytes further on.
    private static final int STRIDE = 3 * Needle.STEP;

    private final NeedlePairs pairs;

    private byte[] bytes = {};
    private int to;
    private int blockEnd;

    /// Starts of needles in the current block, each with the needle's index in its low bits, in order.
    private long[] hits = new long[64];

    private int hitCount;
    private int nextHit;

    /// @param pairs of needles in order of importance: where several begin at one place, the first is told first
    Prefilter(NeedlePairs pairs) {
        this.pairs = pairs;
    }

    /// The length of the longest needle.
    int longest() {
        return pairs.longest();
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
        return pairs.needle((int) hits[nextHit - 1]);
    }

    private int start(int hit) {
        return (int) (hits[hit] >>> Integer.SIZE);
    }

    /// Finds the needles that begin in `[from, end)`.
    private void fill(int from, int end) {
        hitCount = 0;
        nextHit = 0;
        int stop = Math.min(to, end + pairs.longest());
        int position = fillStrides(from, end, stop);
        for (; position < stop; position += Needle.STEP) {
            int second = position + 1 < to ? bytes[position + 1] & 0xff : 0;
            pair((bytes[position] & 0xff) | (second << Byte.SIZE), position, from, end);
        }
        if (hitCount > 1) {
            Arrays.sort(hits, 0, hitCount);
        }
        blockEnd = end;
    }

    /// As far as whole strides reach.
    ///
    /// @return the position of the first pair that was not looked at
    private int fillStrides(int from, int end, int stop) {
        byte[] array = bytes;
        byte[] known = pairs.known();
        byte[] follow = pairs.follow();
        int position = from;
        for (; position + STRIDE <= stop; position += STRIDE) {
            long eight = (long) LONG.get(array, position);
            int first = known[(int) eight & 0xffff] & 0xff;
            int second = known[(int) (eight >>> 24) & 0xffff] & 0xff;
            int third = known[(int) (eight >>> 48)] & 0xff;
            if ((first | second | third) != 0) {
                if (follow[(first << Byte.SIZE) | ((int) (eight >>> 16) & 0xff)] != 0) {
                    pair((int) eight & 0xffff, position, from, end);
                }
                if (follow[(second << Byte.SIZE) | ((int) (eight >>> 40) & 0xff)] != 0) {
                    pair((int) (eight >>> 24) & 0xffff, position + Needle.STEP, from, end);
                }
                if (follow[(third << Byte.SIZE) | (array[position + Long.BYTES] & 0xff)] != 0) {
                    pair((int) (eight >>> 48), position + 2 * Needle.STEP, from, end);
                }
            }
        }
        return position;
    }

    /// Notes the needles that have `pair` at `position` and begin in `[from, end)`.
    private void pair(int pair, int position, int from, int end) {
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
