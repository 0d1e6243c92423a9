package io.jwtrawl.git;

import io.jwtrawl.source.PathText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/// Reads the bytes of commits and trees, and says so when they are not what they should be.
final class RawObjects {

    private static final byte[] TREE = "tree ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PARENT = "parent ".getBytes(StandardCharsets.US_ASCII);

    private RawObjects() {}

    /// The tree and the parents that a commit names.
    record CommitLinks(ObjectId tree, List<ObjectId> parents) {}

    /// One entry of a tree.
    interface TreeVisitor<X extends Exception> {
        /// The bytes of the entry's name are `raw[nameStart, nameEnd)`.
        void entry(FileMode mode, byte[] raw, int nameStart, int nameEnd, ObjectId id) throws X;
    }

    static CommitLinks commit(ObjectId id, byte[] raw) throws CorruptObjectException {
        try {
            int position = 0;
            requireKey(id, raw, position, TREE);
            position += TREE.length;
            ObjectId tree = ObjectId.fromString(raw, position);
            position += Constants.OBJECT_ID_STRING_LENGTH + 1;
            List<ObjectId> parents = new ArrayList<>(2);
            while (startsWith(raw, position, PARENT)) {
                position += PARENT.length;
                parents.add(ObjectId.fromString(raw, position));
                position += Constants.OBJECT_ID_STRING_LENGTH + 1;
            }
            return new CommitLinks(tree, parents);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw corrupt(id, "not a commit", e);
        }
    }

    static <X extends Exception> void tree(ObjectId id, byte[] raw, TreeVisitor<X> visitor)
            throws CorruptObjectException, X {
        int position = 0;
        while (position < raw.length) {
            int mode = 0;
            while (position < raw.length && raw[position] != ' ') {
                mode = (mode << 3) + (raw[position++] - '0');
            }
            int nameStart = ++position;
            while (position < raw.length && raw[position] != 0) {
                position++;
            }
            int nameEnd = position++;
            if (position + Constants.OBJECT_ID_LENGTH > raw.length) {
                throw corrupt(id, "a tree that ends within an entry", null);
            }
            visitor.entry(
                    FileMode.fromBits(mode),
                    raw,
                    nameStart,
                    nameEnd,
                    ObjectId.fromRaw(raw, position));
            position += Constants.OBJECT_ID_LENGTH;
        }
    }

    static String name(byte[] raw, int start, int end) {
        return PathText.of(Arrays.copyOfRange(raw, start, end));
    }

    private static void requireKey(ObjectId id, byte[] raw, int position, byte[] key)
            throws CorruptObjectException {
        if (!startsWith(raw, position, key)) {
            throw corrupt(id, "not a commit", null);
        }
    }

    private static boolean startsWith(byte[] raw, int position, byte[] prefix) {
        return position + prefix.length <= raw.length
                && Arrays.equals(raw, position, position + prefix.length, prefix, 0, prefix.length);
    }

    private static CorruptObjectException corrupt(
            ObjectId id, String why, @org.jspecify.annotations.Nullable Exception cause) {
        var exception = new CorruptObjectException(id, why);
        if (cause != null) {
            exception.initCause(cause);
        }
        return exception;
    }
}
