package io.jwtrawl.detect;

import io.jwtrawl.rules.Needle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/// For every pair of bytes, the needles that have it at one of their [Needle#pairs]. Shared by all threads.
final class NeedlePairs {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// The last of a chain.
    static final int NONE = 0;

    private final List<Needle> needles;
    private final int longest;

    /// Which bits of its first eight bytes a needle determines, and how they are set.
    private final long[] mask;

    private final long[] value;

    /// For each pair, the first byte in the low bits: not zero if a needle has it. Small, to stay in the nearest cache.
    private final byte[] known = new byte[1 << Character.SIZE];

    /// For each pair the first link of the chain of needles that have it, or [#NONE].
    private final char[] chain = new char[1 << Character.SIZE];

    private int[] linkNeedle = new int[1024];
    private int[] linkOffset = new int[1024];
    private char[] linkNext = new char[1024];
    private int links = NONE + 1;

    NeedlePairs(List<Needle> needles) {
        this.needles = List.copyOf(needles);
        longest = needles.stream().mapToInt(Needle::length).max().orElse(1);
        mask = new long[needles.size()];
        value = new long[needles.size()];
        for (int i = 0; i < needles.size(); i++) {
            Needle needle = needles.get(i);
            for (int j = 0; j < Math.min(Long.BYTES, needle.length()); j++) {
                String set = needle.sets().get(j);
                int same = 0xff;
                for (int c = 1; c < set.length(); c++) {
                    same &= ~(set.charAt(0) ^ set.charAt(c));
                }
                mask[i] |= (long) same << (Byte.SIZE * j);
                value[i] |= (long) (set.charAt(0) & same) << (Byte.SIZE * j);
            }
            for (int offset : needle.pairs()) {
                add(i, needle.sets(), offset);
            }
        }
    }

    private void add(int needle, List<String> sets, int offset) {
        String first = sets.get(offset);
        boolean ends = offset + 1 == sets.size();
        int seconds = ends ? 256 : sets.get(offset + 1).length();
        for (int i = 0; i < first.length(); i++) {
            for (int j = 0; j < seconds; j++) {
                int second = ends ? j : sets.get(offset + 1).charAt(j);
                int pair = first.charAt(i) | (second << Byte.SIZE);
                if (links == linkNeedle.length) {
                    linkNeedle = Arrays.copyOf(linkNeedle, 2 * links);
                    linkOffset = Arrays.copyOf(linkOffset, 2 * links);
                    linkNext = Arrays.copyOf(linkNext, 2 * links);
                }
                linkNeedle[links] = needle;
                linkOffset[links] = offset;
                linkNext[links] = chain[pair];
                chain[pair] = (char) links;
                known[pair] = 1;
                links++;
            }
        }
    }

    /// The length of the longest needle.
    int longest() {
        return longest;
    }

    Needle needle(int index) {
        return needles.get(index);
    }

    /// For each pair, whether it has a chain: not zero.
    byte[] known() {
        return known;
    }

    /// The first link of the chain of `pair`, or [#NONE].
    int first(int pair) {
        return chain[pair];
    }

    int next(int link) {
        return linkNext[link];
    }

    int needleIndex(int link) {
        return linkNeedle[link];
    }

    /// How far from the beginning of the needle the pair stands.
    int offset(int link) {
        return linkOffset[link];
    }

    /// Whether the needle with `index` stands at `bytes[start]`, and ends before `to`.
    boolean matches(int index, byte[] bytes, int start, int to) {
        if (start + Long.BYTES <= bytes.length
                && ((long) LONG.get(bytes, start) & mask[index]) != value[index]) {
            return false;
        }
        Needle needle = needles.get(index);
        if (start + needle.length() > to) {
            return false;
        }
        for (int i = 0; i < needle.length(); i++) {
            if (needle.sets().get(i).indexOf(bytes[start + i] & 0xff) < 0) {
                return false;
            }
        }
        return true;
    }
}
