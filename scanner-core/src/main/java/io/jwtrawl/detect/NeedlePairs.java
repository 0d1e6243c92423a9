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
import java.util.function.Function;

/// For every pair of bytes, the needles that have it at one of their [Needle#pairs]. Shared by all threads.
final class NeedlePairs {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// The end of a chain.
    static final int NONE = 0;

    private final List<Needle> needles;
    private final int longest;
    private final int[] lengths;

    /// For each needle, whether its mask and value say all of it.
    private final boolean[] exact;

    /// For each pair, the first byte in the low bits: not zero if a needle has it, and then which row of [#follow] tells
    /// what may stand behind it. Small, to stay in the nearest cache.
    private final byte[] known = new byte[1 << Character.SIZE];

    /// Rows of 256: whether a byte may stand behind a pair.
    private final byte[] follow;

    /// For each pair the first link of the chain of needles that have it, or [#NONE].
    private final char[] first = new char[1 << Character.SIZE];

    private char[] next = new char[1024];

    /// For each link, which needle it is for.
    private int[] index = new int[1024];

    /// For each link, how far from the beginning of the needle the pair stands.
    private int[] offset = new int[1024];

    /// For each link, which bits of its first eight bytes the needle determines, and how they are set.
    private long[] mask = new long[1024];

    private long[] value = new long[1024];
    private int links = NONE + 1;

    /// By the pairs of bytes that [Needle#pairs] names.
    NeedlePairs(List<Needle> needles) {
        this(needles, Needle::pairs);
    }

    /// By the first two bytes of each [Needle#probe].
    static NeedlePairs ofProbes(List<Needle> needles) {
        return new NeedlePairs(needles, needle -> List.of(needle.probe().offset()));
    }

    private NeedlePairs(List<Needle> needles, Function<Needle, List<Integer>> pairs) {
        this.needles = List.copyOf(needles);
        longest = needles.stream().mapToInt(Needle::length).max().orElse(1);
        lengths = new int[needles.size()];
        exact = new boolean[needles.size()];
        for (int i = 0; i < needles.size(); i++) {
            Needle needle = needles.get(i);
            lengths[i] = needle.length();
            exact[i] = needle.length() <= Long.BYTES;
            long fixed = 0;
            long bits = 0;
            for (int j = 0; j < Math.min(Long.BYTES, needle.length()); j++) {
                String set = needle.sets().get(j);
                int same = 0xff;
                for (int c = 1; c < set.length(); c++) {
                    same &= ~(set.charAt(0) ^ set.charAt(c));
                }
                exact[i] &= 1 << (Byte.SIZE - Integer.bitCount(same)) == set.length();
                fixed |= (long) same << (Byte.SIZE * j);
                bits |= (long) (set.charAt(0) & same) << (Byte.SIZE * j);
            }
            for (int position : pairs.apply(needle)) {
                add(i, needle.sets(), position, fixed, bits);
            }
        }
        follow = followers();
    }

    private byte[] followers() {
        Map<BitSet, Integer> rows = new LinkedHashMap<>();
        BitSet anything = new BitSet();
        anything.set(0, 256);
        rows.put(new BitSet(), 0);
        rows.put(anything, 1);
        for (int pair = 0; pair < first.length; pair++) {
            if (first[pair] == NONE) {
                continue;
            }
            BitSet behind = new BitSet();
            for (int link = first[pair]; link != NONE; link = next[link]) {
                List<String> sets = needles.get(index[link]).sets();
                int third = offset[link] + 2;
                if (third < sets.size()) {
                    sets.get(third).chars().forEach(behind::set);
                } else {
                    behind.set(0, 256);
                }
            }
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

    private void add(int needle, List<String> sets, int position, long fixed, long bits) {
        String firsts = sets.get(position);
        boolean ends = position + 1 == sets.size();
        int seconds = ends ? 256 : sets.get(position + 1).length();
        for (int i = 0; i < firsts.length(); i++) {
            for (int j = 0; j < seconds; j++) {
                int second = ends ? j : sets.get(position + 1).charAt(j);
                int pair = firsts.charAt(i) | (second << Byte.SIZE);
                if (links == index.length) {
                    next = Arrays.copyOf(next, 2 * links);
                    index = Arrays.copyOf(index, 2 * links);
                    offset = Arrays.copyOf(offset, 2 * links);
                    mask = Arrays.copyOf(mask, 2 * links);
                    value = Arrays.copyOf(value, 2 * links);
                }
                next[links] = first[pair];
                index[links] = needle;
                offset[links] = position;
                mask[links] = fixed;
                value[links] = bits;
                first[pair] = (char) links;
                links++;
            }
        }
    }

    /// The length of the longest needle.
    int longest() {
        return longest;
    }

    Needle needle(int needle) {
        return needles.get(needle);
    }

    /// For each pair, whether it has a chain: not zero. As an unsigned number it is the row of [#follow].
    byte[] known() {
        return known;
    }

    /// In rows of 256, whether a byte may stand behind a pair: not zero.
    byte[] follow() {
        return follow;
    }

    /// The first link of the chain of `pair`, or [#NONE].
    int first(int pair) {
        return first[pair];
    }

    /// The first link from `link` on whose needle stands around the pair at `bytes[position]` and ends before `to`, or
    /// [#NONE].
    int match(int link, byte[] bytes, int position, int to) {
        for (int i = link; i != NONE; i = next[i]) {
            int start = position - offset[i];
            int needle = index[i];
            if (start < 0 || start + lengths[needle] > to) {
                continue;
            }
            boolean whole = start + Long.BYTES <= bytes.length;
            if ((!whole || ((long) LONG.get(bytes, start) & mask[i]) == value[i])
                    && ((whole && exact[needle]) || stands(needles.get(needle), bytes, start))) {
                return i;
            }
        }
        return NONE;
    }

    private static boolean stands(Needle needle, byte[] bytes, int start) {
        for (int i = 0; i < needle.length(); i++) {
            if (needle.sets().get(i).indexOf(bytes[start + i] & 0xff) < 0) {
                return false;
            }
        }
        return true;
    }

    int next(int link) {
        return next[link];
    }

    int needleIndex(int link) {
        return index[link];
    }

    /// How far from the beginning of the needle the pair stands.
    int offset(int link) {
        return offset[link];
    }
}
