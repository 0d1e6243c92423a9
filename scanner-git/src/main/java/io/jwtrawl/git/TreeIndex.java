package io.jwtrawl.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;
import org.eclipse.jgit.lib.ObjectReader;

/// At which paths below a tree certain blobs lie. Every tree is read once.
///
/// Ten trees that each name the next one ten times hold one blob at ten billion paths, so there are limits. A tree that
/// cannot be read counts as empty; the crawl has named it.
final class TreeIndex {

    /// Git itself refuses deeper trees (core.maxTreeDepth, 2048 where the stack is small).
    private static final int MAX_DEPTH = 1024;

    /// Below one tree.
    static final int MAX_PATHS = 10_000;

    /// No longer than what a file system takes.
    private static final int MAX_PATH_LENGTH = 4096;

    /// In all versions of all trees together; they take some hundred bytes each at worst.
    private static final int MAX_KEPT = 2_000_000;

    /// So much of a path's text counts as one more path.
    private static final int CHARACTERS = 64;

    private final ObjectReader reader;
    private final Set<ObjectId> wanted;
    private final BiConsumer<ObjectId, String> limits;
    private final BooleanSupplier cancelled;
    private final ObjectIdOwnerMap<Known> known = new ObjectIdOwnerMap<>();

    /// Most trees hold nothing that is wanted, and most others the same as the version before: one list for all of them.
    private final Map<List<Held>, List<Held>> distinct = new HashMap<>();

    private final Map<Held, Held> distinctHeld = new HashMap<>();
    private int kept;

    /// @param limits learns of each tree that is not told about to the end, and why
    TreeIndex(
            ObjectReader reader,
            Set<ObjectId> wanted,
            BiConsumer<ObjectId, String> limits,
            BooleanSupplier cancelled) {
        this.reader = reader;
        this.wanted = wanted;
        this.limits = limits;
        this.cancelled = cancelled;
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

    /// The same list, not only an equal one, for all trees that hold the same.
    List<Held> held(ObjectId tree) throws InterruptedException, PathLists.TooMuchException {
        return held(tree, 0);
    }

    private List<Held> held(ObjectId tree, int depth)
            throws InterruptedException, PathLists.TooMuchException {
        Known before = known.get(tree);
        if (before != null) {
            return before.held;
        }
        Cancellation.check(cancelled);
        List<Held> shared = shared(read(tree, depth));
        known.add(new Known(tree, shared));
        return shared;
    }

    private List<Held> read(ObjectId tree, int depth)
            throws InterruptedException, PathLists.TooMuchException {
        if (depth > MAX_DEPTH) {
            limits.accept(tree, "trees are nested more than " + MAX_DEPTH + " deep");
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        byte[] raw;
        try {
            raw = reader.open(tree, Constants.OBJ_TREE).getCachedBytes();
            RawObjects.tree(
                    tree,
                    raw,
                    (mode, _, nameStart, nameEnd, id) -> {
                        boolean isTree = FileMode.TREE.equals(mode);
                        if (isTree ? !isKnownEmpty(id) : wanted.contains(id)) {
                            entries.add(new Entry(nameStart, nameEnd, id, isTree));
                        }
                    });
        } catch (IOException | RuntimeException e) {
            return List.of();
        }
        List<Held> held = new ArrayList<>();
        for (Entry entry : entries) {
            List<Held> below =
                    entry.isTree()
                            ? held(entry.id(), depth + 1)
                            : List.of(new Held("", entry.id()));
            if (below.isEmpty()) {
                continue;
            }
            String name = RawObjects.name(raw, entry.nameStart(), entry.nameEnd());
            for (Held file : below) {
                if (held.size() == MAX_PATHS) {
                    limits.accept(
                            tree,
                            "what was found lies at more than "
                                    + MAX_PATHS
                                    + " paths below it, of which the first are told");
                    return held;
                }
                if (name.length() + file.path().length() > MAX_PATH_LENGTH) {
                    limits.accept(
                            tree,
                            "what was found lies at a path of more than "
                                    + MAX_PATH_LENGTH
                                    + " characters");
                } else {
                    held.add(
                            new Held(
                                    entry.isTree() ? name + "/" + file.path() : name, file.blob()));
                }
            }
        }
        return held;
    }

    private record Entry(int nameStart, int nameEnd, ObjectId id, boolean isTree) {}

    private boolean isKnownEmpty(ObjectId tree) {
        Known before = known.get(tree);
        return before != null && before.held.isEmpty();
    }

    private List<Held> shared(List<Held> held) throws PathLists.TooMuchException {
        if (held.isEmpty()) {
            return List.of();
        }
        held.replaceAll(one -> {
            Held first = distinctHeld.putIfAbsent(one, one);
            if (first == null) {
                kept += 1 + one.path().length() / CHARACTERS;
            }
            return first == null ? one : first;
        });
        List<Held> copy = List.copyOf(held);
        List<Held> before = distinct.putIfAbsent(copy, copy);
        if (before != null) {
            return before;
        }
        kept += copy.size();
        if (kept > MAX_KEPT) {
            throw new PathLists.TooMuchException(
                    "what was found lies at too many paths in too many versions, so that who introduced it is not told");
        }
        return copy;
    }
}
