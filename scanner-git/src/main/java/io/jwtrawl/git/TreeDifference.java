package io.jwtrawl.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;
import org.eclipse.jgit.lib.ObjectReader;

/// Tells which blobs a tree has that none of some earlier trees has at the same path.
///
/// Two trees that name others ten times each could be compared at ten billion paths; each pair is compared once.
final class TreeDifference {

    private final ObjectReader reader;
    private final Visitor visitor;

    /// Trees that were searched from end to end, with nothing to compare them with.
    private final ObjectIdOwnerMap<Searched> searched = new ObjectIdOwnerMap<>();

    TreeDifference(ObjectReader reader, Visitor visitor) {
        this.reader = reader;
        this.visitor = visitor;
    }

    /// Learns of the difference.
    interface Visitor {

        /// The tree has `blob` at some path, where the earlier ones have `before`, or nothing.
        void added(ObjectId blob, List<ObjectId> before) throws InterruptedException;

        void unreadable(ObjectId tree, Exception why);
    }

    private record Entry(FileMode mode, ObjectId id) {

        boolean isTree() {
            return FileMode.TREE.equals(mode);
        }

        boolean isLink() {
            return FileMode.GITLINK.equals(mode);
        }
    }

    private record Pair(ObjectId tree, List<ObjectId> before) {}

    private static final class Searched extends ObjectIdOwnerMap.Entry {
        Searched(ObjectId id) {
            super(id);
        }
    }

    void compare(ObjectId tree, List<ObjectId> before) throws InterruptedException {
        Set<Pair> compared = new HashSet<>();
        Deque<Pair> waiting = new ArrayDeque<>();
        waiting.add(new Pair(tree, before));
        while (!waiting.isEmpty()) {
            Pair pair = waiting.removeLast();
            boolean isNew =
                    pair.before().isEmpty()
                            ? searched.get(pair.tree()) == null
                            : compared.add(pair);
            if (isNew && !pair.before().contains(pair.tree())) {
                if (pair.before().isEmpty()) {
                    searched.add(new Searched(pair.tree()));
                }
                compare(pair, waiting);
            }
        }
    }

    private void compare(Pair pair, Deque<Pair> waiting) throws InterruptedException {
        Map<String, Entry> entries;
        try {
            entries = entries(pair.tree());
        } catch (IOException | RuntimeException e) {
            visitor.unreadable(pair.tree(), e);
            return;
        }
        List<Map<String, Entry>> before = new ArrayList<>(pair.before().size());
        for (ObjectId tree : pair.before()) {
            try {
                before.add(entries(tree));
            } catch (IOException | RuntimeException e) {
                visitor.unreadable(tree, e); // then all counts as added
            }
        }
        for (var named : entries.entrySet()) {
            Entry entry = named.getValue();
            if (entry.isLink()) {
                continue;
            }
            List<ObjectId> counterparts = new ArrayList<>(before.size());
            boolean isOld = false;
            for (Map<String, Entry> earlier : before) {
                Entry counterpart = earlier.get(named.getKey());
                if (counterpart != null
                        && !counterpart.isLink()
                        && counterpart.isTree() == entry.isTree()) {
                    isOld |= counterpart.id().equals(entry.id());
                    counterparts.add(counterpart.id());
                }
            }
            if (isOld) {
                continue;
            }
            if (entry.isTree()) {
                waiting.addLast(new Pair(entry.id(), counterparts));
            } else {
                visitor.added(entry.id(), counterparts);
            }
        }
    }

    private Map<String, Entry> entries(ObjectId tree) throws IOException {
        Map<String, Entry> entries = new HashMap<>();
        byte[] raw = reader.open(tree, Constants.OBJ_TREE).getCachedBytes();
        RawObjects.tree(
                tree,
                raw,
                (mode, bytes, start, end, id) ->
                        entries.put(
                                new String(bytes, start, end - start, StandardCharsets.ISO_8859_1),
                                new Entry(mode, id)));
        return entries;
    }
}
