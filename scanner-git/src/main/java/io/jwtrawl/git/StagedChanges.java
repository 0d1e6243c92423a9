package io.jwtrawl.git;

import io.jwtrawl.source.PathText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheTree;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.util.FS;

/// What is in an index and differs from `HEAD`.
final class StagedChanges {

    private static final int MAX_INDEX = 256 * 1024 * 1024;

    private StagedChanges() {}

    /// @param path safe to print
    /// @param before what `HEAD` has at that path
    record Change(String path, ObjectId blob, Optional<ObjectId> before) {}

    static List<Change> read(Path indexFile, Optional<ObjectId> head, ObjectReader reader)
            throws IOException {
        DirCache index = readIndex(indexFile);
        if (index.getEntryCount() == 0) {
            return List.of();
        }
        Optional<ObjectId> tree = Optional.empty();
        if (head.isPresent()) {
            byte[] commit = reader.open(head.get(), Constants.OBJ_COMMIT).getCachedBytes();
            tree = Optional.of(RawObjects.commit(head.get(), commit).tree());
            if (isTree(index, tree.get())) {
                return List.of();
            }
        }
        Map<String, ObjectId> before =
                tree.isPresent() ? blobs(tree.get(), reader, index) : Map.of();
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < index.getEntryCount(); i++) {
            DirCacheEntry entry = index.getEntry(i);
            Optional<ObjectId> old = Optional.ofNullable(before.get(entry.getPathString()));
            if (isContent(entry) && !old.equals(Optional.of(entry.getObjectId()))) {
                changes.add(
                        new Change(
                                PathText.of(entry.getRawPath()), entry.getObjectId().copy(), old));
            }
        }
        return changes;
    }

    private static DirCache readIndex(Path file) throws IOException {
        if (!GitFiles.exists(file)) {
            return DirCache.newInCore();
        }
        GitFiles.requireFile(file, MAX_INDEX);
        return DirCache.read(file.toFile(), FS.DETECTED);
    }

    /// Whether Git has noted that the index is just this tree.
    private static boolean isTree(DirCache index, ObjectId tree) {
        DirCacheTree noted = index.getCacheTree(false);
        return noted != null && noted.isValid() && tree.equals(noted.getObjectId());
    }

    /// Submodules have no content, nor has what `git add --intent-to-add` only announces.
    private static boolean isContent(DirCacheEntry entry) {
        return !entry.isIntentToAdd() && !FileMode.GITLINK.equals(entry.getFileMode());
    }

    private static Map<String, ObjectId> blobs(ObjectId root, ObjectReader reader, DirCache index)
            throws IOException {
        Map<String, ObjectId> blobs = new HashMap<>();
        try (TreeWalk tree = new TreeWalk(reader)) {
            tree.addTree(root);
            while (tree.next()) {
                if (!tree.isSubtree()) {
                    if (index.findEntry(tree.getPathString()) >= 0) {
                        blobs.put(tree.getPathString(), tree.getObjectId(0));
                    }
                } else if (index.getEntriesWithin(tree.getPathString()).length > 0) {
                    tree.enterSubtree(); // never more of a tree than the index has
                }
            }
        }
        return blobs;
    }
}
