package io.jwtrawl.git.index;

import io.jwtrawl.git.objects.BadObjectException;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectReader;
import io.jwtrawl.git.objects.TreeCursor;
import io.jwtrawl.source.GitObjectType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What an index has, and a tree has not: what `git diff --cached` shows as added. Only those trees are read that have a
/// folder with a change, as far as the index knows.
///
/// Submodules have no content, nor has what is only announced.
public final class IndexDifference {

    /// Below that, all counts as new.
    private static final int MAX_DEPTH = 500;

    private final GitIndex index;
    private final ObjectReader reader;
    private final List<StagedChange> changes = new ArrayList<>();
    private final List<ObjectId> removedFiles = new ArrayList<>();
    private final List<ObjectId> removedFolders = new ArrayList<>();

    private IndexDifference(GitIndex index, ObjectReader reader) {
        this.index = index;
        this.reader = reader;
    }

    /// @param tree empty before the first commit
    /// @throws IOException if a tree cannot be read
    public static IndexDifference of(GitIndex index, Optional<ObjectId> tree, ObjectReader reader)
            throws IOException {
        var difference = new IndexDifference(index, reader);
        difference.compare(0, index.count(), 0, tree, index.cacheTree(), 0);
        return difference;
    }

    /// In the order of their paths; one for each stage, where there is a conflict.
    public List<StagedChange> changes() {
        return changes;
    }

    /// The blobs of files that the tree has, and the index has not, at their paths.
    ///
    /// @param limit how many at most
    /// @param objects of the thread that asks
    public List<ObjectId> removed(int limit, ObjectReader objects) throws IOException {
        List<ObjectId> blobs = new ArrayList<>(removedFiles);
        List<ObjectId> folders = new ArrayList<>(removedFolders);
        while (!folders.isEmpty() && blobs.size() < limit) {
            byte[] bytes = objects.read(folders.removeLast(), GitObjectType.TREE);
            var cursor = new TreeCursor(index.format());
            cursor.begin(bytes, 0, bytes.length);
            while (cursor.advance()) {
                ObjectId id = idAt(cursor, bytes);
                if (cursor.isTree()) {
                    folders.add(id);
                } else if (!cursor.isGitlink()) {
                    blobs.add(id);
                }
            }
        }
        return blobs.subList(0, Math.min(limit, blobs.size()));
    }

    /// Compares the entries `[from, to)`, all below one folder, whose own path with a slash has `prefix` bytes.
    private void compare(
            int from, int to, int prefix, Optional<ObjectId> tree, CacheTree known, int depth)
            throws IOException {
        if (tree.isPresent() && known.is(to - from, tree.get())) {
            return;
        }
        byte[] bytes =
                tree.isPresent() && depth < MAX_DEPTH
                        ? reader.read(tree.get(), GitObjectType.TREE)
                        : new byte[0];
        var before = new Before(bytes);
        int i = from;
        while (i < to) {
            int nameEnd = nameEnd(i, prefix);
            boolean isFolder = nameEnd < index.pathEnd(i) && depth < MAX_DEPTH;
            if (isFolder) {
                int next = endOfFolder(i, to, nameEnd - index.pathStart(i) + 1);
                boolean same =
                        before.find(index.bytes(), index.pathStart(i) + prefix, nameEnd, true);
                folder(
                        i,
                        next,
                        nameEnd,
                        prefix,
                        same ? Optional.of(before.id()) : Optional.empty(),
                        known,
                        depth);
                i = next;
            } else {
                boolean same =
                        before.find(
                                index.bytes(),
                                index.pathStart(i) + prefix,
                                index.pathEnd(i),
                                false);
                file(i, same ? Optional.of(before.id()) : Optional.empty());
                i++;
            }
        }
        before.rest();
    }

    private void folder(
            int from,
            int to,
            int nameEnd,
            int prefix,
            Optional<ObjectId> tree,
            CacheTree known,
            int depth)
            throws IOException {
        int inFolder = nameEnd - index.pathStart(from) + 1;
        if (index.isFolder(from) && index.pathEnd(from) == nameEnd + 1) {
            if (tree.isEmpty() || !tree.get().equals(index.id(from))) {
                wholeFolder(path(from), index.id(from), tree, depth);
            }
            return;
        }
        String name =
                new String(
                        index.bytes(),
                        index.pathStart(from) + prefix,
                        nameEnd - index.pathStart(from) - prefix,
                        StandardCharsets.ISO_8859_1);
        compare(from, to, inFolder, tree, known.folder(name), depth + 1);
    }

    private void file(int i, Optional<ObjectId> before) {
        if (index.isGitlink(i) || index.isAnnounced(i)) {
            return;
        }
        if (before.isEmpty() || !before.get().equals(index.id(i))) {
            changes.add(new StagedChange(path(i), index.id(i), before));
        }
    }

    /// Compares two trees: a sparse index has one in place of what is in it.
    private void wholeFolder(byte[] path, ObjectId tree, Optional<ObjectId> old, int depth)
            throws IOException {
        if (depth >= MAX_DEPTH) {
            throw new BadObjectException("a tree that is too deep");
        }
        byte[] bytes = reader.read(tree, GitObjectType.TREE);
        var before =
                new Before(
                        old.isPresent() ? reader.read(old.get(), GitObjectType.TREE) : new byte[0]);
        var cursor = new TreeCursor(index.format());
        cursor.begin(bytes, 0, bytes.length);
        while (cursor.advance()) {
            boolean same =
                    before.find(bytes, cursor.nameStart(), cursor.nameEnd(), cursor.isTree());
            Optional<ObjectId> other = same ? Optional.of(before.id()) : Optional.empty();
            ObjectId id = idAt(cursor, bytes);
            if (cursor.isGitlink() || other.equals(Optional.of(id))) {
                continue;
            }
            byte[] name = Arrays.copyOfRange(bytes, cursor.nameStart(), cursor.nameEnd());
            byte[] child =
                    Arrays.copyOf(path, path.length + name.length + (cursor.isTree() ? 1 : 0));
            System.arraycopy(name, 0, child, path.length, name.length);
            if (cursor.isTree()) {
                child[child.length - 1] = '/';
                wholeFolder(child, id, other, depth + 1);
            } else {
                changes.add(new StagedChange(child, id, other));
            }
        }
        before.rest();
    }

    private byte[] path(int i) {
        return Arrays.copyOfRange(index.bytes(), index.pathStart(i), index.pathEnd(i));
    }

    /// Where the name ends that follows the first `prefix` bytes of a path.
    private int nameEnd(int i, int prefix) {
        int position = index.pathStart(i) + prefix;
        while (position < index.pathEnd(i) && index.bytes()[position] != '/') {
            position++;
        }
        return position;
    }

    /// The first entry from `i` on that does not begin with the same `length` bytes.
    private int endOfFolder(int i, int to, int length) {
        int low = i + 1;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (startsAlike(i, middle, length)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean startsAlike(int i, int j, int length) {
        return index.pathEnd(j) - index.pathStart(j) >= length
                && Arrays.equals(
                        index.bytes(),
                        index.pathStart(i),
                        index.pathStart(i) + length,
                        index.bytes(),
                        index.pathStart(j),
                        index.pathStart(j) + length);
    }

    private ObjectId idAt(TreeCursor cursor, byte[] tree) {
        return ObjectId.fromRaw(tree, cursor.idStart(), index.format().length());
    }

    /// A tree that is gone through in step with something of the same order. What is passed over was removed.
    private final class Before {
        private final byte[] bytes;
        private final TreeCursor cursor;
        private boolean more;

        /// Whether the entry under the cursor was found.
        private boolean isFound;

        Before(byte[] bytes) throws IOException {
            this.bytes = bytes;
            cursor = new TreeCursor(index.format());
            cursor.begin(bytes, 0, bytes.length);
            more = cursor.advance();
        }

        /// Moves to the entry of that name and kind, if there is one.
        boolean find(byte[] name, int from, int to, boolean isTree) throws IOException {
            while (more && compareTo(name, from, to, isTree) < 0) {
                next();
            }
            boolean found = more && compareTo(name, from, to, isTree) == 0;
            isFound |= found;
            return found && !cursor.isGitlink();
        }

        ObjectId id() {
            return idAt(cursor, bytes);
        }

        /// Passes over all that is left.
        void rest() throws IOException {
            while (more) {
                next();
            }
        }

        private void next() throws IOException {
            if (!isFound && !cursor.isGitlink()) {
                (cursor.isTree() ? removedFolders : removedFiles).add(id());
            }
            isFound = false;
            more = cursor.advance();
        }

        /// Trees are in order as if the names of folders ended with a slash.
        private int compareTo(byte[] name, int from, int to, boolean isTree) {
            int own = cursor.nameEnd() - cursor.nameStart();
            int other = to - from;
            int common = Math.min(own, other);
            int order =
                    Arrays.compareUnsigned(
                            bytes,
                            cursor.nameStart(),
                            cursor.nameStart() + common,
                            name,
                            from,
                            from + common);
            if (order != 0) {
                return order;
            }
            int ownNext =
                    own > common ? bytes[cursor.nameStart() + common] & 0xff : end(cursor.isTree());
            int otherNext = other > common ? name[from + common] & 0xff : end(isTree);
            return ownNext - otherNext;
        }

        private int end(boolean isTree) {
            return isTree ? '/' : -1;
        }
    }
}
