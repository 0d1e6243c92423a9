package io.jwtrawl.git.objects;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.IntConsumer;

/// The entries of a pack, numbered in the order of their offsets, and which of them is a delta against which: trees whose
/// roots are whole. Some thirty bytes for each entry.
///
/// First [#readHeaders] for all entries, in any number of threads; then [#build].
final class PackForest {

    static final int NONE = -1;

    /// In place of a base: the entry is whole; its base is in no entry of this pack; its header is no good.
    private static final int WHOLE = -1;

    private static final int OUTSIDE = -2;
    private static final int BROKEN = -3;

    /// An entry that cannot be read, and why.
    record Broken(int entry, Exception why) {}

    private final Pack pack;
    private final int count;
    private final long[] offsets;
    private final int[] positions;
    private final byte[] types;
    private int[] bases;
    private int[] firstChild = {};
    private int[] nextSibling = {};
    private int[] heaviest = {};
    private int[] roots = {};
    private final List<Broken> broken = Collections.synchronizedList(new ArrayList<>());

    private PackForest(Pack pack, long[] offsets, int[] positions) {
        this.pack = pack;
        this.offsets = offsets;
        this.positions = positions;
        count = positions.length;
        types = new byte[count];
        bases = new int[count];
    }

    static PackForest of(Pack pack) throws IOException {
        PackNames names = pack.names();
        long[] offsets = new long[names.count()];
        names.offsets(offsets);
        for (int i = 0; i < offsets.length; i++) {
            if (offsets[i] < 0) {
                offsets[i] = 0; // reading its header will say that this is no good
            } else if (offsets[i] > pack.end()) {
                offsets[i] = pack.end();
            }
        }
        int[] positions = OffsetOrder.sort(offsets, offsets.length, pack.end());
        return new PackForest(pack, offsets, positions);
    }

    int count() {
        return count;
    }

    Pack pack() {
        return pack;
    }

    /// Reads the headers of the entries `[from, to)`.
    void readHeaders(int from, int to, PackReader reader) {
        for (int entry = from; entry < to; entry++) {
            try {
                reader.header(offsets[entry]);
                types[entry] = (byte) reader.type();
                bases[entry] =
                        switch (reader.type()) {
                            case EntryType.OFS_DELTA -> entryAt(reader.base());
                            case EntryType.REF_DELTA -> entryOf(reader.baseId());
                            default -> WHOLE;
                        };
            } catch (IOException | RuntimeException e) {
                bases[entry] = BROKEN;
                broken.add(new Broken(entry, e));
            }
        }
    }

    private int entryAt(long offset) throws BadObjectException {
        int entry = Arrays.binarySearch(offsets, offset);
        if (entry < 0) {
            throw new BadObjectException("a base where no entry begins");
        }
        return entry;
    }

    private int entryOf(byte[] id) throws BadObjectException {
        int position = pack.names().find(id);
        return position < 0 ? OUTSIDE : entryAt(pack.names().offset(position));
    }

    /// Links deltas with their bases, and finds those that lead to no whole entry.
    void build() {
        firstChild = new int[count];
        nextSibling = new int[count];
        heaviest = new int[count];
        Arrays.fill(firstChild, NONE);
        Arrays.fill(heaviest, NONE);
        int begin = 0;
        int[] order = new int[count]; // bases before what is made from them
        for (int entry = count - 1; entry >= 0; entry--) {
            int base = bases[entry];
            if (base >= 0) {
                nextSibling[entry] = firstChild[base];
                firstChild[base] = entry;
            }
        }
        for (int entry = 0; entry < count; entry++) {
            if (bases[entry] == WHOLE || bases[entry] == OUTSIDE) {
                order[begin++] = entry;
            }
        }
        roots = Arrays.copyOf(order, begin);
        int end = begin;
        for (int i = 0; i < end; i++) {
            for (int child = firstChild[order[i]]; child != NONE; child = nextSibling[child]) {
                types[child] = types[order[i]];
                order[end++] = child;
            }
        }
        int[] weights = new int[count];
        for (int i = end - 1; i >= 0; i--) {
            int entry = order[i];
            int base = bases[entry];
            weights[entry]++;
            if (base >= 0) {
                weights[base] += weights[entry];
                int heaviestYet = heaviest[base];
                if (heaviestYet == NONE || weights[entry] > weights[heaviestYet]) {
                    heaviest[base] = entry;
                }
            }
        }
        if (end + broken.size() < count) {
            findUnreached(weights);
        }
    }

    /// Names what hangs on an entry that is broken, or on itself.
    private void findUnreached(int[] weights) {
        for (int entry = 0; entry < count; entry++) {
            if (weights[entry] == 0 && bases[entry] != BROKEN) {
                broken.add(
                        new Broken(
                                entry,
                                new BadObjectException("a delta that leads to no whole object")));
            }
        }
    }

    /// Gives back the memory of what is needed to walk; what is asked for by ids and numbers of entries stays.
    void walked() {
        bases = new int[0];
        firstChild = bases;
        nextSibling = bases;
        heaviest = bases;
        roots = bases;
    }

    /// How many entries are of types that `visitor` wants.
    int count(ObjectVisitor visitor) {
        int wanted = 0;
        for (byte type : types) {
            wanted += visitor.wants(type) ? 1 : 0;
        }
        return wanted;
    }

    /// Those that no entry of this pack is the base of.
    int[] roots() {
        return roots;
    }

    List<Broken> broken() {
        return broken;
    }

    /// Whether the entry is a delta against an object that is not in this pack.
    boolean isOutside(int entry) {
        return bases[entry] == OUTSIDE;
    }

    /// The entry that `entry` is a delta against, or a negative number.
    int base(int entry) {
        return bases[entry];
    }

    /// The type of an entry, which for a delta is that of its root; a delta's own where that is outside.
    int type(int entry) {
        return types[entry];
    }

    long offset(int entry) {
        return offsets[entry];
    }

    /// The entry that holds an object, or [#NONE].
    int find(byte[] id) {
        int position = pack.names().find(id);
        try {
            return position < 0
                    ? NONE
                    : Math.max(NONE, Arrays.binarySearch(offsets, pack.names().offset(position)));
        } catch (BadObjectException e) {
            return NONE;
        }
    }

    ObjectId id(int entry) {
        return pack.names().id(positions[entry]);
    }

    /// The first of the deltas against `entry`, or [#NONE].
    int firstChild(int entry) {
        return firstChild[entry];
    }

    /// The next delta against the same base, or [#NONE].
    int nextSibling(int entry) {
        return nextSibling[entry];
    }

    /// Tells of all that are made from `entry`, directly or not.
    void forEachBelow(int entry, IntConsumer told) {
        Deque<Integer> waiting = new ArrayDeque<>();
        waiting.push(entry);
        while (!waiting.isEmpty()) {
            int base = waiting.pop();
            for (int child = firstChild[base]; child != NONE; child = nextSibling[child]) {
                told.accept(child);
                waiting.push(child);
            }
        }
    }

    /// The one of the deltas against `entry` that most others hang on, or [#NONE].
    int heaviest(int entry) {
        return heaviest[entry];
    }
}
