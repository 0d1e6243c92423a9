package io.jwtrawl.git.objects;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Notes for [Links] what the commits and trees of a pack name, for one thread.
final class LinkReader implements ObjectVisitor {

    private static final byte END = 0;
    private static final byte DROPPED = 1;
    private static final byte TREE = 2;
    private static final byte BLOB = 3;

    private static final byte[] AUTHOR = {'\n', 'a', 'u', 't', 'h', 'o', 'r', ' '};
    private static final int INITIAL = 64 * 1024;

    private final Links links;
    private final int first;
    private final int number;
    private final int idLength;
    private final TreeCursor here;
    private final TreeCursor before;
    private ByteBuffer records = ByteBuffer.allocate(0);

    /// @param first the number of the first entry of the pack
    /// @param number that of this reader
    LinkReader(Links links, int first, HashFormat format, int number) {
        this.links = links;
        this.number = number;
        this.first = first;
        idLength = format.length();
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
        int start = records.position();
        try {
            if (begin(Links.NONE)) {
                here.begin(bytes, 0, size);
                while (here.advance()) {
                    added(bytes);
                }
                end(entry, start);
            }
        } catch (BadObjectException e) {
            records.position(start);
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
        int start = records.position();
        try {
            if (begin(first + base.entry)) {
                compare(bytes, size, base.bytes, base.size);
                end(entry, start);
            }
        } catch (BadObjectException e) {
            records.position(start);
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
        boolean isTree = here.isTree();
        if (!isTree && (here.isGitlink() || !links.isWanted(raw, here.idStart()))) {
            return;
        }
        int length = here.nameEnd() - here.nameStart();
        reserve(1 + Integer.BYTES + length + idLength);
        records.put(isTree ? TREE : BLOB).putInt(length);
        records.put(raw, here.nameStart(), length).put(raw, here.idStart(), idLength);
    }

    private void dropped(byte[] raw) {
        if (!before.isTree() && (before.isGitlink() || !links.isWanted(raw, before.idStart()))) {
            return;
        }
        int length = before.nameEnd() - before.nameStart();
        reserve(1 + Integer.BYTES + length);
        records.put(DROPPED).putInt(length).put(raw, before.nameStart(), length);
    }

    /// The lines before the author's.
    private void commit(int entry, byte[] bytes, int size) {
        int length = 0;
        int limit = size - AUTHOR.length;
        while (length < limit
                && !(bytes[length] == '\n'
                        && Arrays.equals(
                                bytes, length, length + AUTHOR.length, AUTHOR, 0, AUTHOR.length))) {
            length++;
        }
        length = length >= limit ? size : length + 1;
        int start = records.position();
        if (links.mayKeep(0)) {
            reserve(Integer.BYTES + length);
            records.putInt(length).put(bytes, 0, length);
            keep(entry, start);
        }
    }

    private boolean begin(int base) {
        if (!links.mayKeep(0)) {
            return false;
        }
        reserve(Integer.BYTES);
        records.putInt(base);
        return true;
    }

    private void end(int entry, int start) {
        reserve(1);
        records.put(END);
        keep(entry, start);
    }

    private void keep(int entry, int start) {
        if (links.mayKeep(records.position() - start)) {
            links.keep(first + entry, number, start);
        } else {
            records.position(start);
        }
    }

    private void reserve(int length) {
        if (records.remaining() < length) {
            int needed = Math.addExact(records.position(), length);
            int size = Math.max(INITIAL, needed + needed / 2);
            records =
                    ByteBuffer.wrap(Arrays.copyOf(records.array(), size))
                            .position(records.position());
        }
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

    /// The base of the tree whose record begins at `at`.
    int base(int at) {
        return records.getInt(at);
    }

    <X extends Exception> void readTree(int at, Links.TreeVisitor<X> visitor) throws X {
        int position = at + Integer.BYTES;
        byte[] raw = records.array();
        while (raw[position] != END) {
            byte kind = raw[position];
            int nameStart = position + 1 + Integer.BYTES;
            int nameEnd = nameStart + records.getInt(position + 1);
            if (kind == DROPPED) {
                visitor.dropped(raw, nameStart, nameEnd);
                position = nameEnd;
            } else {
                visitor.added(raw, nameStart, nameEnd, nameEnd, kind == TREE);
                position = nameEnd + idLength;
            }
        }
    }

    /// The lines of the commit whose record begins at `at`.
    byte[] commit(int at) {
        int start = at + Integer.BYTES;
        return Arrays.copyOfRange(records.array(), start, start + records.getInt(at));
    }
}
