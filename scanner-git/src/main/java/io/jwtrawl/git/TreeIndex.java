package io.jwtrawl.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;
import org.eclipse.jgit.lib.ObjectReader;

/// At which paths below a tree certain blobs lie. Every tree is read once.
final class TreeIndex {

    /// Git itself refuses deeper trees (core.maxTreeDepth, 2048 where the stack is small).
    private static final int MAX_DEPTH = 1024;

    private final ObjectReader reader;
    private final Set<ObjectId> wanted;
    private final BiConsumer<ObjectId, Exception> problems;
    private final ObjectIdOwnerMap<Known> known = new ObjectIdOwnerMap<>();

    /// Most trees hold nothing that is wanted, and most others the same as the version before.
    private final Map<List<Held>, List<Held>> distinct = new HashMap<>();

    /// @param problems learns of each tree that cannot be read; it counts as empty
    TreeIndex(ObjectReader reader, Set<ObjectId> wanted, BiConsumer<ObjectId, Exception> problems) {
        this.reader = reader;
        this.wanted = wanted;
        this.problems = problems;
    }

    /// A wanted blob, and its path below the tree that was asked for.
    record Held(String path, ObjectId blob) {}

    private static final class Known extends ObjectIdOwnerMap.Entry {
        final List<Held> held;

        Known(ObjectId tree, List<Held> held) {
            super(tree);
            this.held = held;
        }
    }

    List<Held> held(ObjectId tree) {
        return held(tree, 0);
    }

    private List<Held> held(ObjectId tree, int depth) {
        Known before = known.get(tree);
        if (before != null) {
            return before.held;
        }
        List<Held> held = new ArrayList<>();
        try {
            if (depth > MAX_DEPTH) {
                throw new IOException("trees are nested more than " + MAX_DEPTH + " deep");
            }
            byte[] raw = reader.open(tree, Constants.OBJ_TREE).getCachedBytes();
            RawObjects.tree(
                    tree,
                    raw,
                    (mode, bytes, nameStart, nameEnd, id) -> {
                        if (FileMode.TREE.equals(mode)) {
                            List<Held> below = held(id, depth + 1);
                            if (!below.isEmpty()) {
                                String name = RawObjects.name(bytes, nameStart, nameEnd);
                                below.forEach(file ->
                                        held.add(new Held(name + "/" + file.path(), file.blob())));
                            }
                        } else if (wanted.contains(id)) {
                            held.add(new Held(RawObjects.name(bytes, nameStart, nameEnd), id));
                        }
                    });
        } catch (IOException | RuntimeException e) {
            problems.accept(tree, e);
        }
        List<Held> shared =
                held.isEmpty()
                        ? List.of()
                        : distinct.computeIfAbsent(List.copyOf(held), same -> same);
        known.add(new Known(tree, shared));
        return shared;
    }
}
