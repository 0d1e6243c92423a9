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
public final class Links {

    /// What [#find] answers for what is in no pack.
    public static final int NONE = -1;

    private static final long MAX_BYTES = Math.min(96L << 20, Runtime.getRuntime().maxMemory() / 6);

    private final HashFormat format;
    private final List<PackForest> forests;
    private final IdTable wanted;
    private final LinkRecords records;

    /// The number of the first entry of each pack: entries are numbered one pack after the other.
    private final int[] first;

    /// For each entry where its record is; 0 if it has none.
    private final int[] places;

    private @Nullable BitSet holders;

    /// @param wanted the blobs that matter
    Links(HashFormat format, List<PackForest> forests, Iterable<ObjectId> wanted) {
        this.format = format;
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

    /// Whether it is known that a tree holds nothing that matters.
    public boolean isEmpty(int tree) {
        if (holders == null) {
            holders = Holders.mark(this);
        }
        return !holders.get(tree);
    }

    /// The number of a commit, or [#NONE].
    public int commit(ObjectId id) {
        return known(id, EntryType.COMMIT);
    }

    /// The number of a tree, or [#NONE].
    public int tree(ObjectId id) {
        return known(id, EntryType.TREE);
    }

    private int known(ObjectId id, int type) {
        int number = find(id.raw(), type, 0);
        return number == NONE || !has(number) ? NONE : number;
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
        int i = forestOf(number);
        return forests.get(i).type(number - first[i]) == EntryType.TREE;
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

    /// What a commit names, as [NamedIds#ofCommit] tells it.
    public byte[] commit(int commit) {
        LinkRecord record = cursor(commit);
        int count = record.varint();
        byte[] ids = new byte[count * format.length()];
        for (int i = 0; i < count; i++) {
            int number = record.number();
            ObjectId id = number == NONE ? record.id(format) : id(number);
            id.copyRawTo(ids, i * format.length());
        }
        return ids;
    }

    private LinkRecord cursor(int number) {
        int place = places[number];
        return new LinkRecord(records.chunk(place), LinkRecords.position(place));
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
}
