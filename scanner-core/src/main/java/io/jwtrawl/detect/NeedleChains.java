package io.jwtrawl.detect;

import io.jwtrawl.rules.Needle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// For every pair of bytes the needles that have it at certain positions, as chains of links in plain arrays, which
/// `native/sift.c` reads too. Immutable.
final class NeedleChains {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// The end of a chain.
    static final int NONE = 0;

    /// So many numbers make a link.
    static final int LINK = 4;

    /// In a link: which bits of its first eight bytes the needle determines.
    static final int MASK = 0;

    /// How these are set.
    static final int VALUE = 1;

    /// The needle's index in the low half; how far in front of the pair it begins, from bit 32 on; its length, from bit
    /// 48 on.
    static final int ABOUT = 2;

    /// The next link of the chain, or [#NONE].
    static final int NEXT = 3;

    private final List<Needle> needles;
    private final int longest;

    /// For each position of each needle the bytes that may stand there.
    private final String[][] sets;

    /// For each needle, whether its mask and value say all of it.
    private final boolean[] exact;

    private final char[] first = new char[1 << Character.SIZE];
    private long[] links = new long[LINK * 256];
    private int count = NONE + 1;

    /// @param positions where in a needle the pairs stand by which it is to be found
    NeedleChains(List<Needle> needles, Function<Needle, List<Integer>> positions) {
        this.needles = List.copyOf(needles);
        exact = new boolean[needles.size()];
        sets = new String[needles.size()][];
        int length = 1;
        for (int i = 0; i < needles.size(); i++) {
            Needle needle = needles.get(i);
            sets[i] = needle.sets().toArray(new String[0]);
            length = Math.max(length, needle.length());
            exact[i] = needle.length() <= Long.BYTES;
            long mask = 0;
            long value = 0;
            for (int j = 0; j < Math.min(Long.BYTES, needle.length()); j++) {
                String set = needle.sets().get(j);
                int same = 0xff;
                for (int c = 1; c < set.length(); c++) {
                    same &= ~(set.charAt(0) ^ set.charAt(c));
                }
                exact[i] &= 1 << (Byte.SIZE - Integer.bitCount(same)) == set.length();
                mask |= (long) same << (Byte.SIZE * j);
                value |= (long) (set.charAt(0) & same) << (Byte.SIZE * j);
            }
            for (int position : positions.apply(needle)) {
                long about = (long) needle.length() << 48 | (long) position << 32 | i;
                add(needle.sets(), position, mask, value, about);
            }
        }
        longest = length;
        links = Arrays.copyOf(links, LINK * count);
    }

    private void add(List<String> sets, int position, long mask, long value, long about) {
        String firsts = sets.get(position);
        boolean ends = position + 1 == sets.size();
        int seconds = ends ? 256 : sets.get(position + 1).length();
        for (int i = 0; i < firsts.length(); i++) {
            for (int j = 0; j < seconds; j++) {
                int second = ends ? j : sets.get(position + 1).charAt(j);
                int pair = firsts.charAt(i) | (second << Byte.SIZE);
                if (count > Character.MAX_VALUE) {
                    throw new IllegalArgumentException("the rules have too many short anchors");
                }
                int link = LINK * count;
                if (link == links.length) {
                    links = Arrays.copyOf(links, 2 * link);
                }
                links[link + MASK] = mask;
                links[link + VALUE] = value;
                links[link + ABOUT] = about;
                links[link + NEXT] = first[pair];
                first[pair] = (char) count;
                count++;
            }
        }
    }

    List<Needle> needles() {
        return needles;
    }

    /// The length of the longest needle.
    int longest() {
        return longest;
    }

    /// For each pair of bytes, the first one in the low bits, its first link or [#NONE].
    char[] first() {
        return first;
    }

    /// [#LINK] numbers for each link; the first of none.
    long[] links() {
        return links;
    }

    /// Whether the needle that `link` is for stands where it must if its pair is at `bytes[position]`, and ends before
    /// `to`.
    boolean standsAround(int link, byte[] bytes, int position, int to) {
        long about = links[LINK * link + ABOUT];
        int start = start(link, position);
        if (start < 0 || start + (int) (about >>> 48) > to) {
            return false;
        }
        return start + Long.BYTES <= bytes.length
                ? ((long) LONG.get(bytes, start) & links[LINK * link + MASK])
                                == links[LINK * link + VALUE]
                        && stands((int) about, bytes, start)
                : standsWhole((int) about, bytes, start);
    }

    /// Where the needle that `link` is for begins if its pair is at `position`.
    int start(int link, int position) {
        return position - (int) (links[LINK * link + ABOUT] >>> 32 & 0xffff);
    }

    /// Whether a needle whose first eight bytes fit stands at `bytes[start]`.
    boolean stands(int needle, byte[] bytes, int start) {
        return exact[needle] || standsWhole(needle, bytes, start);
    }

    private boolean standsWhole(int needle, byte[] bytes, int start) {
        String[] wanted = sets[needle];
        for (int i = 0; i < wanted.length; i++) {
            int b = bytes[start + i] & 0xff;
            String set = wanted[i];
            if (set.charAt(0) != b && set.indexOf(b) < 0) {
                return false;
            }
        }
        return true;
    }
}
