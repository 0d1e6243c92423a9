package io.jwtrawl.git.objects;

import java.util.Arrays;

/// Notes for [Links] what the commits and trees of a pack name, for one thread.
final class LinkReader implements ObjectVisitor {

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
    private final HashFormat format;
    private final TreeCursor here;
    private final TreeCursor before;
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
        this.format = format;
        below = new IdTable(format);
        here = new TreeCursor(format);
        before = new TreeCursor(format);
    }

    @Override
    public boolean wants(int type) {
        return type == EntryType.TREE || type == EntryType.COMMIT;
    }

    @Override
    public boolean whole(int entry, int type, byte[] bytes, int size) {
        if (type == EntryType.COMMIT) {
            commit(entry, bytes, size);
            return false;
        }
        int start = records.size();
        try {
            if (begin(Links.NONE)) {
                here.begin(bytes, 0, size);
                while (here.advance()) {
                    added(bytes);
                }
                end(entry, start);
            }
        } catch (BadObjectException e) {
            records.cutTo(start);
        }
        return false;
    }

    @Override
    public boolean made(
            int entry, int type, byte[] bytes, int size, Delta delta, ForestWalk.Base base) {
        if (type == EntryType.COMMIT) {
            commit(entry, bytes, size);
            return false;
        }
        int start = records.size();
        try {
            if (begin(first + base.entry)) {
                compare(bytes, size, base.bytes, base.size);
                end(entry, start);
            }
        } catch (BadObjectException e) {
            records.cutTo(start);
        }
        return false;
    }

    /// Notes the entries that one of two trees has and the other has not. They differ in few places, mostly in one.
    private void compare(byte[] bytes, int size, byte[] base, int baseSize)
            throws BadObjectException {
        int same = Arrays.mismatch(bytes, 0, size, base, 0, baseSize);
        if (same < 0) {
            return;
        }
        here.begin(bytes, 0, size);
        boolean more = here.advance();
        while (more && here.next() <= same) {
            more = here.advance();
        }
        before.begin(base, here.start(), baseSize);
        boolean moreBefore = before.advance();
        int suffix = commonSuffix(bytes, size, base, baseSize, here.start());
        while (more || moreBefore) {
            int left = size - here.start();
            int leftBefore = baseSize - before.start();
            if (left == leftBefore && left <= suffix) {
                return;
            }
            if (left >= leftBefore) {
                added(bytes);
                more = here.advance();
            }
            if (left <= leftBefore) {
                dropped(base);
                moreBefore = before.advance();
            }
        }
    }

    private static int commonSuffix(byte[] a, int sizeA, byte[] b, int sizeB, int prefix) {
        int limit = Math.min(sizeA, sizeB) - prefix;
        int suffix = 0;
        while (suffix < limit && a[sizeA - 1 - suffix] == b[sizeB - 1 - suffix]) {
            suffix++;
        }
        return suffix;
    }

    private void added(byte[] raw) {
        int length = here.nameEnd() - here.nameStart();
        if (here.isTree()) {
            int before = below.size();
            int tree = below.number(raw, here.idStart());
            if (below.size() > before && !links.mayKeep(PER_ID)) {
                return; // then nobody asks for what this record says
            }
            records.add(TREE, tree);
            records.addName(raw, here.nameStart(), length);
        } else if (!here.isGitlink()) {
            int blob = links.wanted().find(raw, here.idStart());
            if (blob >= 0) {
                records.add(BLOB, blob);
                records.addName(raw, here.nameStart(), length);
            }
        }
    }

    private void dropped(byte[] raw) {
        if (before.isTree()
                || (!before.isGitlink() && links.wanted().find(raw, before.idStart()) >= 0)) {
            records.add(DROPPED);
            records.addName(raw, before.nameStart(), before.nameEnd() - before.nameStart());
        }
    }

    private void commit(int entry, byte[] bytes, int size) {
        if (links.mayKeep(0)) {
            int start = records.size();
            try {
                byte[] ids = CommitIds.read(bytes, size, format);
                records.addName(ids, 0, ids.length);
                keep(entry, start);
            } catch (BadObjectException e) {
                records.cutTo(start);
            }
        }
    }

    private boolean begin(int base) {
        if (!links.mayKeep(0)) {
            return false;
        }
        records.add(base);
        return true;
    }

    private void end(int entry, int start) {
        records.add(END);
        if (keep(entry, start)) {
            trees.add(first + entry);
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

    @Override
    public void large(int entry, int type, LargeContent content) {
        // Whoever wants to know it finds no record, and says that it cannot be read.
    }

    @Override
    public void fail(int entry, int type, Exception why) {
        // Likewise.
    }

    @Override
    public void tooLarge(int entry, int type) {
        // Likewise.
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
