package io.jwtrawl.git.objects;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What commits and tags name in their first lines (git-commit-tree(1), git-mktag(1)).
public final class NamedIds {

    private static final byte[] TREE = "tree ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OBJECT = "object ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PARENT = "parent ".getBytes(StandardCharsets.US_ASCII);

    private NamedIds() {}

    /// The raw ids that a commit names, one after the other: that of the tree, then those of the parents.
    ///
    /// @param raw the commit, in the first `size` bytes
    /// @throws BadObjectException if it does not begin as a commit does
    public static byte[] ofCommit(byte[] raw, int size, HashFormat format)
            throws BadObjectException {
        int line = PARENT.length + format.digits() + 1;
        int parents = TREE.length + format.digits() + 1;
        if (!startsWith(raw, 0, size, TREE) || parents > size + 1) {
            throw new BadObjectException("not a commit");
        }
        int count = 1;
        int end = parents;
        while (startsWith(raw, end, size, PARENT)) {
            count++;
            end += line;
        }
        byte[] ids = new byte[count * format.length()];
        try {
            if (end > size + 1) {
                throw new BadObjectException("a commit that is cut off");
            }
            ObjectId.digitsTo(raw, TREE.length, ids, 0, format.length());
            for (int i = 1; i < count; i++) {
                int digits = parents + (i - 1) * line + PARENT.length;
                ObjectId.digitsTo(raw, digits, ids, i * format.length(), format.length());
            }
        } catch (IllegalArgumentException e) {
            throw new BadObjectException("not a commit", e);
        }
        return ids;
    }

    /// The id of what a tag is a tag of.
    ///
    /// @param raw the tag, in the first `size` bytes
    /// @throws BadObjectException if it does not begin as a tag does
    public static ObjectId ofTag(byte[] raw, int size, HashFormat format)
            throws BadObjectException {
        if (!startsWith(raw, 0, size, OBJECT) || OBJECT.length + format.digits() > size) {
            throw new BadObjectException("not a tag");
        }
        try {
            return ObjectId.fromDigits(raw, OBJECT.length, format.digits());
        } catch (IllegalArgumentException e) {
            throw new BadObjectException("not a tag", e);
        }
    }

    private static boolean startsWith(byte[] raw, int position, int size, byte[] prefix) {
        return position + prefix.length <= size
                && Arrays.equals(raw, position, position + prefix.length, prefix, 0, prefix.length);
    }
}
