package io.jwtrawl.git.objects;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the commits and trees in packs name, so that it can be told of certain blobs where they lie in which commit. Of a
/// tree that is a delta only what distinguishes it from its base is kept, and in place of an id the number of the entry
/// that has it: some sixty bytes for each commit and the trees that came with it.
///
/// Written by [LinkReader]s, then read by one thread. What memory does not suffice for is not kept: whoever does not find
/// it here reads the object.
public final class Links implements AutoCloseable {

    /// What [#find] answers for what is in no pack.
    public static final int NONE = -1;

    private static final long MAX_BYTES = Math.min(96L << 20, Runtime.getRuntime().maxMemory() / 6);

    private final HashFormat format;
    private final ObjectDatabase database;
    private final List<PackForest> forests;
    private final IdTable wanted;
    private final LinkRecords records;

    /// The number of the first entry of each pack: entries are numbered one pack after the other.
    private final int[] first;

    /// For each entry where its record is; 0 if it has none.
    private final int[] places;

    private @Nullable Holders holders;

    /// @param database what the packs belong to, which stays open as long as this is
    /// @param wanted the blobs that matter
    Links(ObjectDatabase database, List<PackForest> forests, Iterable<ObjectId> wanted) {
        this.database = database.share();
        format = database.format();
        this.forests = List.copyOf(forests);
        this.wanted = new IdTable(format);
        wanted.forEach(this.wanted::number);
        first = new int[forests.size()];
        long count = 0;
        for (int i = 0; i < first.length; i++) {
            first[i] = (int) count;
            count += this.forests.get(i).count();
        }
        boolean fits = count * Integer.BYTES <= MAX_BYTES;
        places = new int[fits ? (int) count : 0];
        for (PackForest forest : this.forests) {
            forest.willBeAsked();
        }
        records = new LinkRecords(fits ? count * Integer.BYTES : MAX_BYTES, MAX_BYTES);
    }

    /// What a tree has beyond, or has not of, its base.
    public interface TreeVisitor<X extends Exception> {
        /// An entry of the base that the tree does not have: its name is `raw[nameStart, nameEnd)`. One that comes up again
        /// as added was only changed.
        void dropped(byte[] raw, int nameStart, int nameEnd) throws X;

        /// A blob that the base does not have. `raw` stays as it is.
        void addedBlob(byte[] raw, int nameStart, int nameEnd, ObjectId blob) throws X;

        /// A tree that the base does not have, by its number. `raw` stays as it is.
        void addedTree(byte[] raw, int nameStart, int nameEnd, int tree) throws X;

        /// A tree that the base does not have, and no pack has.
        void addedTree(byte[] raw, int nameStart, int nameEnd, ObjectId tree) throws X;
    }

    /// How many trees may hold something that matters.
    public int holderCount() {
        return holders().count();
    }

    /// The place of a tree among those that may hold something that matters, from 0 on, or [#NONE] if it is known that it
    /// holds nothing.
    public int holderPlace(int tree) {
        return holders().place(tree);
    }

    private Holders holders() {
        if (holders == null) {
            holders = Holders.of(this);
        }
        return holders;
    }

    /// Learns what a commit names: first its tree, then its parents.
    public interface CommitVisitor {
        /// An object by its number.
        void inPack(int number);

        /// An object that no pack has.
        void elsewhere(ObjectId id);
    }

    /// The number of a commit, always the same, or [#NONE].
    public int commit(ObjectId id) {
        return find(id.raw(), EntryType.COMMIT, 0);
    }

    /// The number of a tree, or [#NONE].
    public int tree(ObjectId id) {
        return find(id.raw(), EntryType.TREE, 0);
    }

    /// How many commits there are in all packs.
    public int commits() {
        int commits = 0;
        for (int i = 0; i < count(); i++) {
            commits += isType(i, EntryType.COMMIT) ? 1 : 0;
        }
        return commits;
    }

    /// The number of the object `id`, or [#NONE]; that too if it is of another type than it is said to be.
    ///
    /// @param near an entry of the pack to look into first
    int find(byte[] id, int type, int near) {
        if (places.length == 0) {
            return NONE;
        }
        int begin = forestOf(near);
        for (int i = 0; i < first.length; i++) {
            int number = (begin + i) % first.length;
            PackForest forest = forests.get(number);
            int entry = forest.find(id);
            if (entry >= 0 && forest.type(entry) == type) {
                return first[number] + entry;
            }
        }
        return NONE;
    }

    boolean isTree(int number) {
        return isType(number, EntryType.TREE);
    }

    private boolean isType(int number, int type) {
        int i = forestOf(number);
        return forests.get(i).type(number - first[i]) == type;
    }

    private int forestOf(int number) {
        int i = first.length - 1;
        while (first[i] > number) {
            i--;
        }
        return i;
    }

    /// How many numbers there are.
    public int count() {
        return places.length;
    }

    /// Whether anything is told of that number.
    public boolean has(int number) {
        return places[number] != 0;
    }

    /// The commit or tree of that number.
    public ObjectId id(int number) {
        int i = forestOf(number);
        return forests.get(i).id(number - first[i]);
    }

    /// The tree that a tree is told in differences from, or [#NONE] if all its entries are told.
    public int base(int tree) {
        return cursor(tree).number();
    }

    /// Tells the entries of a tree that distinguish it from its base. Of blobs only those that matter.
    public <X extends Exception> void readTree(int tree, TreeVisitor<X> visitor) throws X {
        LinkRecord record = cursor(tree);
        record.number();
        for (int kind = record.kind(); kind != LinkRecord.END; kind = record.kind()) {
            int length = record.varint();
            int start = record.skip(length);
            int end = start + length;
            if ((kind & LinkRecord.DROPPED) != 0) {
                visitor.dropped(record.bytes(), start, end);
            }
            switch (kind & ~LinkRecord.DROPPED) {
                case LinkRecord.TREE ->
                        visitor.addedTree(record.bytes(), start, end, record.number());
                case LinkRecord.TREE_ELSEWHERE ->
                        visitor.addedTree(record.bytes(), start, end, record.id(format));
                case LinkRecord.BLOB ->
                        visitor.addedBlob(record.bytes(), start, end, wanted.id(record.varint()));
                default -> {}
            }
        }
    }

    /// Whether a tree holds one of the blobs that matter, or may through what is among `holders`.
    boolean mayHold(int tree, BitSet holders) {
        LinkRecord record = cursor(tree);
        int base = record.number();
        if (base != NONE && holders.get(base)) {
            return true;
        }
        for (int kind = record.kind(); kind != LinkRecord.END; kind = record.kind()) {
            record.skip(record.varint());
            switch (kind & ~LinkRecord.DROPPED) {
                case LinkRecord.TREE -> {
                    if (holders.get(record.number())) {
                        return true;
                    }
                }
                case LinkRecord.TREE_ELSEWHERE, LinkRecord.BLOB -> {
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }

    /// Tells what a commit names of which [#has] something.
    public void readCommit(int commit, CommitVisitor visitor) {
        LinkRecord record = cursor(commit);
        int count = record.varint();
        for (int i = 0; i < count; i++) {
            int number = record.number();
            if (number == NONE) {
                visitor.elsewhere(record.id(format));
            } else {
                visitor.inPack(number);
            }
        }
    }

    private LinkRecord cursor(int number) {
        int place = places[number];
        return new LinkRecord(records.chunk(place), LinkRecords.position(place), number);
    }

    /// Makes a reader for one thread.
    LinkReader reader(PackForest forest) {
        return new LinkReader(this, first[forests.indexOf(forest)], format, records.new Writer());
    }

    /// The number of a blob among those that matter, or -1.
    int wanted(byte[] raw, int from) {
        return wanted.find(raw, from);
    }

    /// @param place where the record of the entry is
    void keep(int number, int place) {
        places[number] = place;
    }

    @Override
    public void close() {
        database.close();
    }
}
