package io.jwtrawl.git.objects;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What the commits and trees in packs name, so that it can be told of certain blobs where they lie in which commit. Of a
/// tree that is a delta only what distinguishes it from its base is kept.
///
/// Written by [LinkReader]s, each with records of its own, then read by one thread. What memory does not suffice for is
/// not kept: whoever does not find it here reads the object.
public final class Links {

    /// What [#find] answers for what is not kept.
    public static final int NONE = -1;

    /// The number of every tree that holds nothing that matters.
    public static final int EMPTY = -2;

    private static final long MAX_BYTES = Math.min(96L << 20, Runtime.getRuntime().maxMemory() / 6);

    private final HashFormat format;
    private final List<PackForest> forests;
    private final IdTable wanted;
    private final List<ObjectId> wantedIds = new ArrayList<>();
    private final List<LinkReader> readers = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong bytes = new AtomicLong();
    private final boolean isWhole;
    private final Set<ObjectId> outside;
    private @Nullable BitSet holders;

    /// The number of the first entry of each pack: entries are numbered one pack after the other.
    private final int[] first;

    /// For each entry which reader has its record, and in the low half where that begins; 0 if none has.
    private final long[] places;

    /// @param isWhole whether these are all packs that there are
    /// @param outside the objects that are in no pack
    /// @param wanted the blobs that matter
    Links(
            HashFormat format,
            List<PackForest> forests,
            boolean isWhole,
            Set<ObjectId> outside,
            Iterable<ObjectId> wanted) {
        this.format = format;
        this.isWhole = isWhole;
        this.outside = outside;
        this.forests = List.copyOf(forests);
        this.wanted = new IdTable(format);
        for (ObjectId id : wanted) {
            if (this.wanted.number(id) == wantedIds.size()) {
                wantedIds.add(id);
            }
        }
        first = new int[forests.size()];
        long count = 0;
        for (int i = 0; i < first.length; i++) {
            first[i] = (int) count;
            count += this.forests.get(i).count();
        }
        boolean fits = count * Long.BYTES <= MAX_BYTES;
        bytes.set(fits ? count * Long.BYTES : MAX_BYTES);
        places = new long[fits ? (int) count : 0];
    }

    /// What a tree has beyond, or has not of, its base.
    public interface TreeVisitor<X extends Exception> {
        /// An entry of the base that the tree does not have: its name is `raw[nameStart, nameEnd)`. One that comes up again
        /// as added was only changed.
        void dropped(byte[] raw, int nameStart, int nameEnd) throws X;

        /// A blob that the base does not have. `raw` stays as it is.
        void addedBlob(byte[] raw, int nameStart, int nameEnd, ObjectId blob) throws X;

        /// A tree that the base does not have. `raw` stays as it is.
        ///
        /// @param tree its number; [#NONE] if that is not known, [#EMPTY] if it holds nothing that matters
        /// @param ids where its id is
        /// @param id which of `ids` that is
        void addedTree(byte[] raw, int nameStart, int nameEnd, int tree, IdTable ids, int id)
                throws X;
    }

    /// Whether it is known that a tree holds nothing that matters.
    public boolean isEmpty(int tree) {
        return isComplete() && !holders().get(tree);
    }

    /// Whether memory sufficed for all that there is to know.
    private boolean isComplete() {
        return isWhole && bytes.get() <= MAX_BYTES;
    }

    private BitSet holders() {
        if (holders == null) {
            holders = Holders.mark(this, List.copyOf(readers), outside);
        }
        return holders;
    }

    /// The number of a commit, or [#NONE].
    public int commit(ObjectId id) {
        int number = find(id);
        return number == NONE || isTree(number) ? NONE : number;
    }

    /// The number of a commit or tree, or [#NONE].
    public int find(ObjectId id) {
        for (int i = 0; i < first.length && places.length > 0; i++) {
            int entry = forests.get(i).find(id);
            if (entry >= 0 && places[first[i] + entry] != 0) {
                return first[i] + entry;
            }
        }
        return NONE;
    }

    /// How many numbers there are.
    public int count() {
        return places.length;
    }

    boolean isTree(int number) {
        int i = forest(number);
        return forests.get(i).type(number - first[i]) == EntryType.TREE;
    }

    /// Whether anything is told of that number.
    public boolean has(int number) {
        return places[number] != 0;
    }

    /// The commit or tree of that number.
    public ObjectId id(int number) {
        int i = forest(number);
        return forests.get(i).id(number - first[i]);
    }

    private int forest(int number) {
        int i = first.length - 1;
        while (first[i] > number) {
            i--;
        }
        return i;
    }

    /// The tree that a tree is told in differences from, or [#NONE] if all its entries are told.
    public int base(int tree) {
        return reader(tree).base(at(tree));
    }

    /// Tells the entries of a tree that distinguish it from its base. Of blobs only those that matter.
    public <X extends Exception> void readTree(int tree, TreeVisitor<X> visitor) throws X {
        if (isComplete()) {
            holders();
        }
        reader(tree).readTree(at(tree), visitor);
    }

    /// What a commit names, as [CommitIds] tell it.
    public byte[] commit(int commit) {
        return reader(commit).commit(at(commit));
    }

    /// Where in its reader's records that of a number begins.
    int at(int number) {
        return (int) places[number];
    }

    private LinkReader reader(int number) {
        return readers.get((int) (places[number] >>> Integer.SIZE) - 1);
    }

    /// Makes a reader for one thread.
    LinkReader reader(PackForest forest) {
        synchronized (readers) {
            var reader =
                    new LinkReader(
                            this, first[forests.indexOf(forest)], format, readers.size() + 1);
            readers.add(reader);
            return reader;
        }
    }

    IdTable wanted() {
        return wanted;
    }

    /// One of the blobs that matter.
    ObjectId wanted(int number) {
        return wantedIds.get(number);
    }

    /// Sets some more memory aside, if there is some.
    boolean mayKeep(int more) {
        return bytes.addAndGet(more) <= MAX_BYTES;
    }

    void keep(int number, int reader, int at) {
        places[number] = ((long) reader << Integer.SIZE) | at;
    }
}
