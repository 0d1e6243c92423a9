package io.jwtrawl.detect;

import io.jwtrawl.rules.Needle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds the places that are worth a closer look: those where a [Needle] matches.
///
/// It looks for the rare byte of each needle, and at its neighbours only where that byte stands. Used by one thread, for
/// one array at a time.
final class Prefilter {

    /// So many bytes are looked through at once; what they hold of needles is then handed out one by one.
    private static final int BLOCK = 32 * 1024;

    /// So many bytes around a rare byte are compared for all its needles at once.
    private static final int NEIGHBOURS = 6;

    private final List<Needle> needles;
    private final Group[][] groups = new Group[256][];
    private final int longest;
    private final int deepest;

    private byte[] bytes = {};
    private int to;
    private int blockEnd;

    /// Starts of needles in the current block, each with the needle's index in its low bits, in order.
    private long[] hits = new long[64];

    private int hitCount;
    private int nextHit;

    /// @param needles in order of importance: where several begin at one place, the first is told first
    Prefilter(List<Needle> needles) {
        this.needles = needles;
        longest = needles.stream().mapToInt(Needle::length).max().orElse(1);
        deepest = needles.stream().mapToInt(Needle::rare).max().orElse(0);
        List<List<Integer>> byRareByte = new ArrayList<>();
        for (int b = 0; b < 256; b++) {
            byRareByte.add(new ArrayList<>());
        }
        for (int i = 0; i < needles.size(); i++) {
            Needle needle = needles.get(i);
            byRareByte.get(needle.sets().get(needle.rare()).charAt(0)).add(i);
        }
        for (int b = 0; b < 256; b++) {
            List<Integer> indexes = byRareByte.get(b);
            List<Group> split = new ArrayList<>();
            for (int i = 0; i < indexes.size(); i += Long.SIZE) {
                split.add(
                        new Group(
                                needles,
                                indexes.subList(i, Math.min(i + Long.SIZE, indexes.size()))));
            }
            if (!split.isEmpty()) {
                groups[b] = split.toArray(Group[]::new);
            }
        }
    }

    /// The length of the longest needle.
    int longest() {
        return longest;
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
        return needles.get((int) hits[nextHit - 1]);
    }

    private int start(int hit) {
        return (int) (hits[hit] >>> Integer.SIZE);
    }

    /// Finds the needles that begin in `[from, end)`.
    private void fill(int from, int end) {
        hitCount = 0;
        nextHit = 0;
        int stop = Math.min(to, end + deepest);
        for (int i = from; i < stop; i++) {
            Group[] candidates = groups[bytes[i] & 0xff];
            if (candidates != null) {
                for (Group group : candidates) {
                    group.match(i, from, end);
                }
            }
        }
        Arrays.sort(hits, 0, hitCount);
        blockEnd = end;
    }

    private boolean matches(Needle needle, int start) {
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

    private void hit(int start, int needle) {
        if (hitCount == hits.length) {
            hits = Arrays.copyOf(hits, 2 * hitCount);
        }
        hits[hitCount++] = (long) start << Integer.SIZE | needle;
    }

    /// At most 64 needles with the same rare byte, matched side by side: one bit each.
    private final class Group {
        private final int[] indexes;
        private final int[] rare;

        /// For each offset from the rare byte, nearest first, and each byte there: the needles that allow it.
        private final int[] offsets;

        private final long[][] allowed;
        private final long all;

        Group(List<Needle> needles, List<Integer> members) {
            indexes = members.stream().mapToInt(Integer::intValue).toArray();
            rare = members.stream().mapToInt(i -> needles.get(i).rare()).toArray();
            int[] lengths = members.stream().mapToInt(i -> needles.get(i).length()).toArray();
            all = members.size() == Long.SIZE ? -1L : (1L << members.size()) - 1;
            int before = Arrays.stream(rare).max().orElse(0);
            int after = 0;
            for (int i = 0; i < rare.length; i++) {
                after = Math.max(after, lengths[i] - rare[i] - 1);
            }
            List<Integer> order = new ArrayList<>();
            for (int distance = 1; distance <= Math.max(before, after); distance++) {
                if (distance <= before) {
                    order.add(-distance);
                }
                if (distance <= after) {
                    order.add(distance);
                }
            }
            offsets = order.stream().limit(NEIGHBOURS).mapToInt(Integer::intValue).toArray();
            allowed = new long[offsets.length][256];
            for (int o = 0; o < offsets.length; o++) {
                for (int i = 0; i < members.size(); i++) {
                    int position = rare[i] + offsets[o];
                    long bit = 1L << i;
                    if (position < 0 || position >= lengths[i]) {
                        for (int b = 0; b < 256; b++) {
                            allowed[o][b] |= bit;
                        }
                    } else {
                        String set = needles.get(members.get(i)).sets().get(position);
                        for (int c = 0; c < set.length(); c++) {
                            allowed[o][set.charAt(c)] |= bit;
                        }
                    }
                }
            }
        }

        /// Reports the needles of this group whose rare byte is at `position` and that begin in `[from, end)`.
        void match(int position, int from, int end) {
            long left = all;
            for (int o = 0; o < offsets.length && left != 0; o++) {
                int at = position + offsets[o];
                if (at >= 0 && at < to) {
                    left &= allowed[o][bytes[at] & 0xff];
                }
            }
            for (; left != 0; left &= left - 1) {
                int i = Long.numberOfTrailingZeros(left);
                int start = position - rare[i];
                if (start >= from && start < end && matches(needles.get(indexes[i]), start)) {
                    hit(start, indexes[i]);
                }
            }
        }
    }
}
