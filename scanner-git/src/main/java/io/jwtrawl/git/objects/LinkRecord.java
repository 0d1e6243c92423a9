package io.jwtrawl.git.objects;

/// Reads one record of [Links] from its beginning to its end; [LinkReader] writes them.
///
/// - Of a tree: the number of its base, then for each entry that distinguishes it a byte that says how, the length of
///   the entry's name, the name, and what it is now; in the end [#END].
/// - Of a commit: how many objects it names, its tree, its parents.
///
/// A number takes four bytes. [Links#NONE] in a commit is followed by the id of what no pack has.
final class LinkRecord {

    static final int END = 0;
    static final int TREE = 1;
    static final int TREE_ELSEWHERE = 2;
    static final int BLOB = 3;

    /// The base has another entry of that name. By itself: the tree has none.
    static final int DROPPED = 4;

    private final byte[] bytes;
    private int position;

    LinkRecord(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    byte[] bytes() {
        return bytes;
    }

    int kind() {
        return bytes[position++];
    }

    int number() {
        int number = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            number = (number << Byte.SIZE) | (bytes[position++] & 0xff);
        }
        return number;
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
