package io.jwtrawl.git.objects;

import java.util.Arrays;

/// Keeps for [Links] what the commits and trees of a pack name, for one thread.
final class LinkReader implements NameSink {

    // What records of trees are made of, each followed by a name.
    private static final int END = 0;
    private static final int DROPPED = 1;

    /// And the number of the tree in [#below].
    private static final int TREE = 2;

    /// And which of the wanted ones it is.
    private static final int BLOB = 3;

    /// About what [IdTable] and what is known of it take.
    private static final int PER_ID = 40;

    private final Links links;
    private final int first;
    private final int number;

    /// Of the tree that is told of just now, where its record begins, and whether there is one.
    private int begin;

    private boolean isKept;

    private final LinkRecords records = new LinkRecords();
    private final LinkRecords trees = new LinkRecords();

    /// The trees that are named in records.
    private final IdTable below;

    /// For each of these, once that is known, the number that [Links] give it, [Links#NONE] or [Links#EMPTY].
    private int[] numbers = new int[0];

    /// @param first the number of the first entry of the pack
    /// @param number that of this reader
    LinkReader(Links links, int first, HashFormat format, int number) {
        this.links = links;
        this.number = number;
        this.first = first;
        below = new IdTable(format);
    }

    @Override
    public void commit(int entry, byte[] ids) {
        if (links.mayKeep(0)) {
            int start = records.size();
            records.addName(ids, 0, ids.length);
            keep(entry, start);
        }
    }

    @Override
    public void tag(ObjectId id) {
        // The few that there are are read when somebody asks for one.
    }

    @Override
    public void beginTree(int base) {
        isKept = links.mayKeep(0);
        begin = records.size();
        if (isKept) {
            records.add(base == PackForest.NONE ? Links.NONE : first + base);
        }
    }

    @Override
    public void added(byte[] raw, TreeCursor at) {
        if (!isKept || at.isGitlink()) {
            return;
        }
        int length = at.nameEnd() - at.nameStart();
        if (at.isTree()) {
            int before = below.size();
            int tree = below.number(raw, at.idStart());
            if (below.size() > before) {
                links.mayKeep(PER_ID); // if not, the record is not kept either
            }
            records.add(TREE, tree);
            records.addName(raw, at.nameStart(), length);
            return;
        }
        int blob = links.wanted().find(raw, at.idStart());
        if (blob >= 0) {
            records.add(BLOB, blob);
            records.addName(raw, at.nameStart(), length);
        }
    }

    @Override
    public void dropped(byte[] raw, TreeCursor at) {
        if (isKept
                && (at.isTree()
                        || (!at.isGitlink() && links.wanted().find(raw, at.idStart()) >= 0))) {
            records.add(DROPPED);
            records.addName(raw, at.nameStart(), at.nameEnd() - at.nameStart());
        }
    }

    @Override
    public void endTree(int entry) {
        if (isKept) {
            records.add(END);
            if (keep(entry, begin)) {
                trees.add(first + entry);
            }
            isKept = false;
        } else {
            records.cutTo(begin);
        }
    }

    @Override
    public void cannotTell() {
        // Whoever wants to know it finds no record, and says that it cannot be read.
        if (isKept) {
            isKept = false;
            records.cutTo(begin);
        }
    }

    private boolean keep(int entry, int start) {
        boolean fits = links.mayKeep(records.bytesSince(start));
        if (fits) {
            links.keep(first + entry, number, start);
        } else {
            records.cutTo(start);
        }
        return fits;
    }

    /// The trees that have records here, by their numbers.
    LinkRecords trees() {
        return trees;
    }

    /// The trees that are named here.
    IdTable below() {
        return below;
    }

    /// Makes room for what is to be known of the trees that are named here.
    void beginHolders() {
        numbers = new int[below.size()];
        Arrays.fill(numbers, Links.EMPTY);
    }

    /// Notes that a tree may hold a blob that matters.
    ///
    /// @param tree its number, or [Links#NONE]
    void mayHold(ObjectId id, int tree) {
        int index = below.find(id);
        if (index >= 0 && numbers[index] < 0) {
            numbers[index] = tree;
        }
    }

    /// The base of the tree whose record begins at `at`.
    int base(int at) {
        return records.get(at);
    }

    /// Whether the tree whose record begins at `at` has a blob that matters, or a tree that may have, beyond its base.
    boolean addsAny(int at) {
        int position = at + 1;
        for (int kind = records.get(position); kind != END; kind = records.get(position)) {
            if (kind == BLOB
                    || (kind == TREE && numbers[records.get(position + 1)] != Links.EMPTY)) {
                return true;
            }
            position += kind == DROPPED ? 3 : 4;
        }
        return false;
    }

    <X extends Exception> void readTree(int at, Links.TreeVisitor<X> visitor) throws X {
        int position = at + 1;
        byte[] names = records.names();
        for (int kind = records.get(position); kind != END; kind = records.get(position)) {
            int name = kind == DROPPED ? position + 1 : position + 2;
            int nameStart = records.get(name);
            int nameEnd = nameStart + records.get(name + 1);
            if (kind == DROPPED) {
                visitor.dropped(names, nameStart, nameEnd);
            } else if (kind == BLOB) {
                visitor.addedBlob(
                        names, nameStart, nameEnd, links.wanted(records.get(position + 1)));
            } else {
                int tree = records.get(position + 1);
                visitor.addedTree(
                        names,
                        nameStart,
                        nameEnd,
                        numbers.length == 0 ? Links.NONE : numbers[tree],
                        below,
                        tree);
            }
            position = name + 2;
        }
    }

    /// What the commit names whose record begins at `at`, as [CommitIds] tell it.
    byte[] commit(int at) {
        int start = records.get(at);
        return Arrays.copyOfRange(records.names(), start, start + records.get(at + 1));
    }
}
