package io.jwtrawl.detect;

import io.jwtrawl.rules.Needle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Looks at every third pair of bytes, and asks one table whether any needle has that pair there, and another whether it
/// goes on with the byte behind. Where one does, needles are compared.
final class PairSieve implements Sieve {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// Three pairs fit into eight bytes; the next eight begin nine bytes further on.
    private static final int STRIDE = 3 * Needle.STEP;

    private final NeedleChains chains;

    /// For each pair, not zero if a needle has it, and then which row of [#follow] tells what may stand behind it. Small,
    /// to stay in the nearest cache.
    private final byte[] known = new byte[1 << Character.SIZE];

    /// Rows of 256: whether a byte may stand behind a pair.
    private final byte[] follow;

    PairSieve(List<Needle> needles) {
        chains = new NeedleChains(needles, Needle::pairs);
        follow = followers();
    }

    private byte[] followers() {
        Map<BitSet, Integer> rows = new LinkedHashMap<>();
        BitSet anything = new BitSet();
        anything.set(0, 256);
        rows.put(new BitSet(), 0);
        rows.put(anything, 1);
        for (int pair = 0; pair < known.length; pair++) {
            if (chains.first()[pair] == NeedleChains.NONE) {
                continue;
            }
            BitSet behind = behind(chains.first()[pair]);
            int row =
                    rows.size() <= 0xff || rows.containsKey(behind)
                            ? rows.computeIfAbsent(behind, _ -> rows.size())
                            : 1;
            known[pair] = (byte) row;
        }
        byte[] table = new byte[256 * rows.size()];
        rows.forEach((behind, row) -> behind.stream().forEach(b -> table[256 * row + b] = 1));
        return table;
    }

    /// What may stand behind a pair whose chain begins with `first`.
    private BitSet behind(int first) {
        var behind = new BitSet();
        for (int link = first; link != NeedleChains.NONE; link = next(link)) {
            List<String> sets = needles().get(index(link)).sets();
            int third = 2 - chains.start(link, 0);
            if (third < sets.size()) {
                sets.get(third).chars().forEach(behind::set);
            } else {
                behind.set(0, 256);
            }
        }
        return behind;
    }

    private int next(int link) {
        return (int) chains.links()[NeedleChains.LINK * link + NeedleChains.NEXT];
    }

    private int index(int link) {
        return (int) chains.links()[NeedleChains.LINK * link + NeedleChains.ABOUT];
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
        int count = 0;
        int position = from;
        for (; position + STRIDE <= stop; position += STRIDE) {
            long eight = (long) LONG.get(bytes, position);
            int first = known[(int) eight & 0xffff] & 0xff;
            int second = known[(int) (eight >>> 24) & 0xffff] & 0xff;
            int third = known[(int) (eight >>> 48)] & 0xff;
            if ((first | second | third) != 0) {
                if (follow[(first << Byte.SIZE) | ((int) (eight >>> 16) & 0xff)] != 0) {
                    count = compare(bytes, position, from, end, to, hits, count);
                }
                if (follow[(second << Byte.SIZE) | ((int) (eight >>> 40) & 0xff)] != 0) {
                    count = compare(bytes, position + Needle.STEP, from, end, to, hits, count);
                }
                if (follow[(third << Byte.SIZE) | (bytes[position + Long.BYTES] & 0xff)] != 0) {
                    count = compare(bytes, position + 2 * Needle.STEP, from, end, to, hits, count);
                }
            }
        }
        for (; position < stop; position += Needle.STEP) {
            count = compare(bytes, position, from, end, to, hits, count);
        }
        if (count > 1 && count <= hits.length) {
            Arrays.sort(hits, 0, count);
        }
        return count;
    }

    /// Notes the needles that have a pair at `position` and begin in `[from, end)`.
    ///
    /// @return how many there are now
    private int compare(
            byte[] bytes, int position, int from, int end, int to, long[] hits, int before) {
        int count = before;
        int second = position + 1 < to ? bytes[position + 1] & 0xff : 0;
        int pair = (bytes[position] & 0xff) | (second << Byte.SIZE);
        for (int link = chains.first()[pair]; link != NeedleChains.NONE; link = next(link)) {
            int start = chains.start(link, position);
            if (start >= from && start < end && chains.standsAround(link, bytes, position, to)) {
                if (count < hits.length) {
                    hits[count] = (long) start << Integer.SIZE | index(link);
                }
                count++;
            }
        }
        return count;
    }
}
