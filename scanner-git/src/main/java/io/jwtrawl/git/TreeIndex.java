package io.jwtrawl.git;

import io.jwtrawl.git.objects.IdTable;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectReader;
import io.jwtrawl.source.GitObjectType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

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
    private final int idLength;
    private final IdTable wanted;
    private final BiConsumer<ObjectId, String> limits;
    private final BooleanSupplier cancelled;

    /// The trees met so far; what each of them holds is at its number, or null as long as that is not known.
    private final IdTable trees;

    private @Nullable List<Held>[] known = newLists(64);

    /// Most trees hold nothing that is wanted, and most others the same as the version before: one list for all of them.
    private final Map<List<Held>, List<Held>> distinct = new HashMap<>();

    private final Map<Held, Held> distinctHeld = new HashMap<>();
    private int kept;

    /// @param limits learns of each tree that is not told about to the end, and why
    TreeIndex(
            ObjectReader reader,
            Iterable<ObjectId> wanted,
            BiConsumer<ObjectId, String> limits,
            BooleanSupplier cancelled) {
        this.reader = reader;
        idLength = reader.format().length();
        trees = new IdTable(reader.format());
        this.wanted = new IdTable(reader.format());
        wanted.forEach(this.wanted::number);
        this.limits = limits;
        this.cancelled = cancelled;
    }

    /// A wanted blob, and its path below the tree that was asked for.
    record Held(String path, ObjectId blob) {}

    /// There is more to be known than memory is set aside for.
    static final class TooMuchException extends Exception {
        private static final long serialVersionUID = 1;

        TooMuchException(String message) {
            super(message);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static @Nullable List<Held>[] newLists(int length) {
        return new List[length];
    }

    /// The same list, not only an equal one, for all trees that hold the same.
    List<Held> held(ObjectId tree) throws InterruptedException, TooMuchException {
        return held(trees.number(tree), 0);
    }

    private List<Held> held(int tree, int depth) throws InterruptedException, TooMuchException {
        if (tree >= known.length) {
            known = Arrays.copyOf(known, Math.max(tree + 1, 2 * known.length));
        }
        List<Held> before = known[tree];
        if (before != null) {
            return before;
        }
        Cancellation.check(cancelled);
        List<Held> shared = shared(read(trees.id(tree), depth));
        known[tree] = shared;
        return shared;
    }

    private List<Held> read(ObjectId tree, int depth)
            throws InterruptedException, TooMuchException {
        if (depth > MAX_DEPTH) {
            limits.accept(tree, "trees are nested more than " + MAX_DEPTH + " deep");
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        byte[] raw;
        try {
            raw = reader.read(tree, GitObjectType.TREE);
            RawObjects.tree(
                    raw,
                    reader.format(),
                    (mode, bytes, nameStart, nameEnd) -> {
                        if (RawObjects.isTree(mode)) {
                            int number = trees.number(bytes, nameEnd + 1);
                            if (!isKnownEmpty(number)) {
                                entries.add(new Entry(nameStart, nameEnd, number));
                            }
                        } else if (wanted.find(bytes, nameEnd + 1) >= 0) {
                            entries.add(new Entry(nameStart, nameEnd, BLOB));
                        }
                    });
        } catch (IOException | RuntimeException e) {
            return List.of();
        }
        List<Held> held = new ArrayList<>();
        for (Entry entry : entries) {
            List<Held> below =
                    entry.isTree()
                            ? held(entry.tree(), depth + 1)
                            : List.of(
                                    new Held(
                                            "",
                                            ObjectId.fromRaw(raw, entry.nameEnd() + 1, idLength)));
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

    private static final int BLOB = -1;

    /// @param tree its number, or [#BLOB]
    private record Entry(int nameStart, int nameEnd, int tree) {
        boolean isTree() {
            return tree != BLOB;
        }
    }

    private boolean isKnownEmpty(int tree) {
        List<Held> before = tree < known.length ? known[tree] : null;
        return before != null && before.isEmpty();
    }

    private List<Held> shared(List<Held> held) throws TooMuchException {
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
            throw new TooMuchException(
                    "what was found lies at too many paths in too many versions, so that who introduced it is not told");
        }
        return copy;
    }
}
