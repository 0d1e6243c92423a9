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
/// roots are whole. Seventeen bytes for each entry.
///
/// First [#readHeaders] for all entries, in any number of threads; then [#build].
final class PackForest {

    static final int NONE = -1;

    /// In place of a base: the entry is whole; its base is in no entry of this pack; its header is no good. Lower than the
    /// complement of any entry.
    private static final int WHOLE = Integer.MIN_VALUE;

    private static final int OUTSIDE = WHOLE + 1;
    private static final int BROKEN = WHOLE + 2;

    /// What of a byte in `types` is the type, and that a root leads to the entry.
    private static final int TYPE = 7;

    private static final int REACHED = 8;

    /// An entry that cannot be read, and why.
    record Broken(int entry, Exception why) {}

    private final Pack pack;
    private final int count;
    private final PackOrder order;
    private final byte[] types;

    /// The base of each entry; once it is built the next delta against the same base, after the last one the complement of
    /// the base.
    private int[] next;

    private int[] firstChild = {};

    /// The entry at each position of the index, while many are asked for.
    private int[] entries = {};

    private final List<Broken> broken = Collections.synchronizedList(new ArrayList<>());

    private PackForest(Pack pack, PackOrder order) {
        this.pack = pack;
        this.order = order;
        count = order.count();
        types = new byte[count];
        next = new int[count];
    }

    static PackForest of(Pack pack) throws IOException {
        return new PackForest(pack, PackOrder.of(pack.names(), pack.end()));
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
                reader.header(order.offset(entry));
                types[entry] = (byte) reader.type();
                next[entry] =
                        switch (reader.type()) {
                            case EntryType.OFS_DELTA -> entryAt(reader.base());
                            case EntryType.REF_DELTA -> entryOf(reader.baseId());
                            default -> WHOLE;
                        };
            } catch (IOException | RuntimeException e) {
                next[entry] = BROKEN;
                broken.add(new Broken(entry, e));
            }
        }
    }

    private int entryAt(long offset) throws BadObjectException {
        int entry = order.find(offset);
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
        Arrays.fill(firstChild, NONE);
        for (int entry = count - 1; entry >= 0; entry--) {
            int base = next[entry];
            if (base >= 0) {
                next[entry] = firstChild[base] == NONE ? ~base : firstChild[base];
                firstChild[base] = entry;
            }
        }
        var tree = new DeltaTree(firstChild, next);
        var reached = new Reached();
        for (int entry = 0; entry < count; entry++) {
            if (isRoot(entry)) {
                reached.type = types[entry];
                tree.walk(entry, reached);
            }
        }
        if (reached.entries + broken.size() < count) {
            findUnreached();
        }
    }

    /// Gives all entries of a tree the type of its root.
    private final class Reached implements DeltaTree.Visitor {
        private byte type;
        private int entries;

        @Override
        public void reached(int entry) {
            types[entry] = (byte) (type | REACHED);
            entries++;
        }
    }

    /// Names what hangs on an entry that is broken, or on itself.
    private void findUnreached() {
        for (int entry = 0; entry < count; entry++) {
            if ((types[entry] & REACHED) == 0 && next[entry] != BROKEN) {
                broken.add(
                        new Broken(
                                entry,
                                new BadObjectException("a delta that leads to no whole object")));
            }
        }
    }

    /// Makes ready for many objects to be asked for by their ids.
    void willBeAsked() {
        int[] byPosition = new int[count];
        for (int entry = 0; entry < count; entry++) {
            byPosition[order.position(entry)] = entry;
        }
        entries = byPosition;
    }

    /// Gives back the memory of what is needed to walk; what is asked for by ids and numbers of entries stays.
    void walked() {
        next = new int[0];
        firstChild = next;
        entries = next;
    }

    /// How many entries are of types that `visitor` wants.
    int count(ObjectVisitor visitor) {
        int wanted = 0;
        for (byte type : types) {
            wanted += visitor.wants(type & TYPE) ? 1 : 0;
        }
        return wanted;
    }

    /// Whether no entry of this pack is the base of the entry.
    boolean isRoot(int entry) {
        return next[entry] == WHOLE || next[entry] == OUTSIDE;
    }

    List<Broken> broken() {
        return broken;
    }

    /// Whether the entry is a delta against an object that is not in this pack.
    boolean isOutside(int entry) {
        return next[entry] == OUTSIDE;
    }

    /// The entry that `entry` is a delta against, which is no root.
    int base(int entry) {
        int last = entry;
        while (next[last] >= 0) {
            last = next[last];
        }
        return ~next[last];
    }

    /// The type of an entry, which for a delta is that of its root; a delta's own where that is outside.
    int type(int entry) {
        return types[entry] & TYPE;
    }

    long offset(int entry) {
        return order.offset(entry);
    }

    /// The entry that holds an object, or [#NONE].
    int find(byte[] id) {
        int position = pack.names().find(id);
        if (position < 0) {
            return NONE;
        }
        if (entries.length > 0) {
            return entries[position];
        }
        try {
            return order.find(pack.names().offset(position));
        } catch (BadObjectException e) {
            return NONE;
        }
    }

    ObjectId id(int entry) {
        return pack.names().id(order.position(entry));
    }

    /// The first of the deltas against `entry`, or [#NONE].
    int firstChild(int entry) {
        return firstChild[entry];
    }

    /// The next delta against the same base, or [#NONE] after that which most others hang on.
    int nextSibling(int entry) {
        return Math.max(NONE, next[entry]);
    }

    /// Tells of all that are made from `entry`, directly or not.
    void forEachBelow(int entry, IntConsumer told) {
        Deque<Integer> waiting = new ArrayDeque<>();
        waiting.push(entry);
        while (!waiting.isEmpty()) {
            int base = waiting.pop();
            for (int child = firstChild[base]; child != NONE; child = nextSibling(child)) {
                told.accept(child);
                waiting.push(child);
            }
        }
    }
}
