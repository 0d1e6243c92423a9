package io.jwtrawl.git.objects;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a commit names in its first lines (git-commit-tree(1)): its tree, and its parents in their order.
public final class CommitIds {

    private static final byte[] TREE = "tree ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PARENT = "parent ".getBytes(StandardCharsets.US_ASCII);

    private CommitIds() {}

    /// The raw ids, one after the other: that of the tree, then those of the parents.
    ///
    /// @param raw the commit, in the first `size` bytes
    /// @throws BadObjectException if it does not begin as a commit does
    public static byte[] read(byte[] raw, int size, HashFormat format) throws BadObjectException {
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

    private static boolean startsWith(byte[] raw, int position, int size, byte[] prefix) {
        return position + prefix.length <= size
                && Arrays.equals(raw, position, position + prefix.length, prefix, 0, prefix.length);
    }
}
