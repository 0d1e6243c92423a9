package io.jwtrawl.git.objects;

/// Reads one record of [Links] from its beginning to its end; [LinkReader] writes them.
///
/// - Of a tree: the number of its base, then for each entry that distinguishes it a byte that says how, the length of
///   the entry's name, the name, and what it is now; in the end [#END].
/// - Of a commit: how many objects it names, its tree, its parents.
///
/// A number is told by how far it is from the one before it, the first by how far from what the record is about: mostly a
/// byte or two. [Links#NONE] in a commit is followed by the id of what no pack has.
final class LinkRecord {

    static final int END = 0;
    static final int TREE = 1;
    static final int TREE_ELSEWHERE = 2;
    static final int BLOB = 3;

    /// The base has another entry of that name. By itself: the tree has none.
    static final int DROPPED = 4;

    /// Stands for [Links#NONE].
    static final int NO_NUMBER = 0;

    private final byte[] bytes;
    private int position;
    private int latest;

    /// @param subject the number of what the record is about
    LinkRecord(byte[] bytes, int position, int subject) {
        this.bytes = bytes;
        this.position = position;
        latest = subject;
    }

    /// How a distance between numbers is written: 1, 2, 3, 4, … for 0, -1, 1, -2, …
    static int folded(int distance) {
        return ((distance << 1) ^ (distance >> (Integer.SIZE - 1))) + 1;
    }

    byte[] bytes() {
        return bytes;
    }

    int kind() {
        return bytes[position++];
    }

    int number() {
        int written = varint();
        if (written == NO_NUMBER) {
            return Links.NONE;
        }
        int folded = written - 1;
        latest += (folded >>> 1) ^ -(folded & 1);
        return latest;
    }

    int varint() {
        int number = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = bytes[position++];
            number |= (b & 0x7f) << shift;
            if (b >= 0) {
                return number;
            }
        }
    }

    /// @return where it was before
    int skip(int length) {
        int start = position;
        position += length;
        return start;
    }

    ObjectId id(HashFormat format) {
        return ObjectId.fromRaw(bytes, skip(format.length()), format.length());
    }
}
