package io.jwtrawl.git;

import io.jwtrawl.git.PathLists.Held;
import io.jwtrawl.git.PathLists.TooMuchException;
import io.jwtrawl.git.objects.IdTable;
import io.jwtrawl.git.objects.Links;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
import io.jwtrawl.git.objects.TreeCursor;
import io.jwtrawl.source.GitObjectType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// At which paths below a tree certain blobs lie. What a tree holds is worked out once: from what distinguishes it from
/// the tree that it is a delta against where [Links] tell that, or else from all its entries.
///
/// Ten trees that each name the next one ten times hold one blob at ten billion paths, so there are limits. A tree that
/// cannot be read counts as empty; the crawl has named it.
final class TreeIndex {

    /// Git itself refuses deeper trees (core.maxTreeDepth, 2048 where the stack is small).
    private static final int MAX_DEPTH = 1024;

    private final ObjectSource.Reader reader;
    private final Optional<Links> links;
    private final IdTable wanted;
    private final BiConsumer<ObjectId, String> limits;
    private final BooleanSupplier cancelled;
    private final PathLists lists;
    private final ObjectNumbers numbers;

    /// How many trees of [Links] are told about here.
    private final int holders;

    /// What the trees hold, by their places; null as long as that is not known.
    private @Nullable List<Held>[] known;

    /// By which means each is being worked out just now; of a million trees few are.
    private byte[] under;

    /// From what distinguishes it from another.
    private static final byte COMPARED = 1;

    /// From all its entries.
    private static final byte LISTED = 2;

    /// @param links what trees name, as far as that is known without reading them
    /// @param numbers what trees are called by
    /// @param limits learns of each tree that is not told about to the end, and why
    TreeIndex(
            ObjectSource.Reader reader,
            Optional<Links> links,
            ObjectNumbers numbers,
            Iterable<ObjectId> wanted,
            BiConsumer<ObjectId, String> limits,
            BooleanSupplier cancelled) {
        this.reader = reader;
        this.links = links;
        this.wanted = new IdTable(reader.format());
        wanted.forEach(this.wanted::number);
        this.limits = limits;
        this.cancelled = cancelled;
        lists = new PathLists(limits);
        this.numbers = numbers;
        holders = links.isPresent() ? links.get().holderCount() : 0;
        known = newLists(holders + numbers.otherCount() + 64);
        under = new byte[known.length];
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static @Nullable List<Held>[] newLists(int length) {
        return new List[length];
    }

    /// The same list, not only an equal one, for all trees that hold the same.
    List<Held> held(int tree) throws InterruptedException, TooMuchException {
        return held(tree, 0);
    }

    private int number(ObjectId tree) {
        int number = numbers.number(tree);
        if (!numbers.isLinked(number) && place(number) >= known.length) {
            known = Arrays.copyOf(known, known.length + known.length / 2);
            under = Arrays.copyOf(under, known.length);
        }
        return number;
    }

    /// Where in `known` a tree is; [Links#NONE] if it holds nothing.
    private int place(int tree) {
        return numbers.isLinked(tree)
                ? links.orElseThrow().holderPlace(tree)
                : holders + numbers.otherPlace(tree);
    }

    private @Nullable List<Held> known(int tree) {
        int place = place(tree);
        return place == Links.NONE ? List.of() : known[place];
    }

    private List<Held> held(int tree, int depth) throws InterruptedException, TooMuchException {
        List<Held> before = known(tree);
        if (before != null) {
            return before;
        }
        Cancellation.check(cancelled);
        if (depth > MAX_DEPTH) {
            limits.accept(numbers.id(tree), "trees are nested more than " + MAX_DEPTH + " deep");
            return List.of();
        }
        return numbers.isLinked(tree) && (under[place(tree)] & COMPARED) == 0
                ? fromLinks(tree, links.orElseThrow(), depth)
                : fromAll(tree, depth);
    }

    /// Works out one tree after the other, from the first that is told from nothing else, or is known, to `tree`.
    private List<Held> fromLinks(int tree, Links from, int depth)
            throws InterruptedException, TooMuchException {
        List<Integer> chain = new ArrayList<>();
        int first = tree;
        while (first != Links.NONE
                && from.has(first)
                && known(first) == null
                && (under[place(first)] & COMPARED) == 0) {
            under[place(first)] |= COMPARED;
            chain.add(first);
            first = from.base(first);
        }
        try {
            List<Held> held = List.of();
            if (first != Links.NONE) {
                List<Held> before = known(first);
                // A tree may be told from another one that has it inside: then all entries of one
                // must be looked at.
                held = before != null ? before : fromAll(first, depth);
            }
            for (int i = chain.size() - 1; i >= 0; i--) {
                int next = chain.get(i);
                List<Held> meanwhile = known(next);
                held = meanwhile != null ? meanwhile : fromBase(next, held, from, depth);
                known[place(next)] = held;
            }
            return held;
        } finally {
            for (int done : chain) {
                under[place(done)] &= ~COMPARED;
            }
        }
    }

    private List<Held> fromBase(int tree, List<Held> base, Links from, int depth)
            throws InterruptedException, TooMuchException {
        if (base.size() >= PathLists.MAX_PATHS) {
            return fromAll(tree, depth); // it may hold what there was no room for
        }
        List<String> dropped = new ArrayList<>();
        List<Entry> added = new ArrayList<>();
        from.readTree(
                tree,
                new Links.TreeVisitor<RuntimeException>() {
                    @Override
                    public void dropped(byte[] raw, int nameStart, int nameEnd) {
                        if (!base.isEmpty()) {
                            dropped.add(RawObjects.name(raw, nameStart, nameEnd));
                        }
                    }

                    @Override
                    public void addedBlob(byte[] raw, int nameStart, int nameEnd, ObjectId blob) {
                        added.add(new Entry(raw, nameStart, nameEnd, blob, Links.NONE));
                    }

                    @Override
                    public void addedTree(byte[] raw, int nameStart, int nameEnd, int tree) {
                        addTree(added, raw, nameStart, nameEnd, tree);
                    }

                    @Override
                    public void addedTree(byte[] raw, int nameStart, int nameEnd, ObjectId tree) {
                        addTree(added, raw, nameStart, nameEnd, number(tree));
                    }
                });
        if (dropped.isEmpty() && added.isEmpty()) {
            return base;
        }
        PathLists.Builder builder = lists.builder(numbers.id(tree));
        builder.addAllBut(dropped, base);
        addEntries(added, builder, depth);
        return builder.list();
    }

    /// Works out a tree from all its entries.
    private List<Held> fromAll(int tree, int depth) throws InterruptedException, TooMuchException {
        if ((under[place(tree)] & LISTED) != 0) {
            limits.accept(numbers.id(tree), "a tree that holds itself");
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        try {
            byte[] raw = reader.read(numbers.id(tree), GitObjectType.TREE);
            var cursor = new TreeCursor(reader.format());
            cursor.begin(raw, 0, raw.length);
            while (cursor.advance()) {
                if (!cursor.isGitlink()) {
                    add(cursor, raw, entries);
                }
            }
        } catch (IOException | RuntimeException e) {
            entries.clear();
        }
        under[place(tree)] |= LISTED;
        try {
            PathLists.Builder builder = lists.builder(numbers.id(tree));
            addEntries(entries, builder, depth);
            List<Held> held = builder.list();
            known[place(tree)] = held;
            return held;
        } finally {
            under[place(tree)] &= ~LISTED;
        }
    }

    /// An entry that holds, or may hold, something wanted.
    ///
    /// @param blob null for a tree
    /// @param tree the number of a tree
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(
            byte[] raw, int nameStart, int nameEnd, @Nullable ObjectId blob, int tree) {

        String name() {
            return RawObjects.name(raw, nameStart, nameEnd);
        }
    }

    private void add(TreeCursor cursor, byte[] raw, List<Entry> entries) {
        if (!cursor.isTree() && wanted.find(raw, cursor.idStart()) < 0) {
            return;
        }
        ObjectId id = ObjectId.fromRaw(raw, cursor.idStart(), reader.format().length());
        if (cursor.isTree()) {
            addTree(entries, raw, cursor.nameStart(), cursor.nameEnd(), number(id));
        } else {
            entries.add(new Entry(raw, cursor.nameStart(), cursor.nameEnd(), id, Links.NONE));
        }
    }

    private void addTree(List<Entry> entries, byte[] raw, int nameStart, int nameEnd, int number) {
        List<Held> before = known(number);
        if (before == null || !before.isEmpty()) {
            entries.add(new Entry(raw, nameStart, nameEnd, null, number));
        }
    }

    private void addEntries(List<Entry> entries, PathLists.Builder builder, int depth)
            throws InterruptedException, TooMuchException {
        for (Entry entry : entries) {
            if (entry.blob() != null) {
                builder.addBlob(entry.name(), entry.blob());
            } else {
                List<Held> below = held(entry.tree(), depth + 1);
                if (!below.isEmpty()) {
                    builder.addAll(entry.name(), below);
                }
            }
        }
    }
}
