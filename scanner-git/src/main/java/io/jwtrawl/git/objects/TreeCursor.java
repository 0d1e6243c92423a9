package io.jwtrawl.git.objects;

/// Goes through the entries of a tree, one after the other, without making anything of them.
public final class TreeCursor {

    private static final int KIND = 0170000;
    private static final int TREE = 0040000;
    private static final int GITLINK = 0160000;

    private final int idLength;
    private byte[] raw = {};
    private int end;
    private int start;
    private int mode;
    private int nameStart;
    private int nameEnd;
    private int next;

    public TreeCursor(HashFormat format) {
        idLength = format.length();
    }

    /// Takes up the entries from `from` on of the tree in `bytes[0, size)`.
    public void begin(byte[] bytes, int from, int size) {
        raw = bytes;
        end = size;
        next = from;
    }

    /// Moves on.
    ///
    /// @return whether there is another entry
    /// @throws BadObjectException if it is cut off
    public boolean advance() throws BadObjectException {
        start = next;
        if (next >= end) {
            return false;
        }
        int position = next;
        mode = 0;
        while (position < end && raw[position] != ' ') {
            mode = (mode << 3) + (raw[position++] - '0');
        }
        nameStart = ++position;
        while (position < end && raw[position] != 0) {
            position++;
        }
        nameEnd = position;
        next = position + 1 + idLength;
        if (next > end) {
            throw new BadObjectException("a tree that ends within an entry");
        }
        return true;
    }

    /// Where the entry begins.
    int start() {
        return start;
    }

    /// Where the next one does.
    int next() {
        return next;
    }

    /// Whether it is a tree.
    public boolean isTree() {
        return (mode & KIND) == TREE;
    }

    /// Whether it is a commit of another repository.
    public boolean isGitlink() {
        return (mode & KIND) == GITLINK;
    }

    /// Where its name begins.
    public int nameStart() {
        return nameStart;
    }

    /// Where its name ends.
    public int nameEnd() {
        return nameEnd;
    }

    /// Where its id begins.
    public int idStart() {
        return nameEnd + 1;
    }
}
