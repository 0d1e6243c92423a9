package io.jwtrawl.git;

import io.jwtrawl.git.objects.IdTable;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
import io.jwtrawl.git.objects.TreeCursor;
import io.jwtrawl.source.GitObjectType;
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

/// Tells which blobs a tree has that none of some earlier trees has at the same path.
///
/// Two trees that name others ten times each could be compared at ten billion paths; each pair is compared once.
final class TreeDifference {

    private final ObjectSource.Reader reader;
    private final Visitor visitor;
    private final TreeCursor cursor;

    /// Trees that were searched from end to end, with nothing to compare them with.
    private final IdTable searched;

    TreeDifference(ObjectSource.Reader reader, Visitor visitor) {
        this.reader = reader;
        this.visitor = visitor;
        searched = new IdTable(reader.format());
        cursor = new TreeCursor(reader.format());
    }

    /// Learns of the difference.
    interface Visitor {

        /// The tree has `blob` at some path, where the earlier ones have `before`, or nothing.
        void added(ObjectId blob, List<ObjectId> before) throws InterruptedException;

        void unreadable(ObjectId tree, Exception why);
    }

    private record Entry(ObjectId id, boolean isTree, boolean isLink) {}

    private record Pair(ObjectId tree, List<ObjectId> before) {}

    void compare(ObjectId tree, List<ObjectId> before) throws InterruptedException {
        Set<Pair> compared = new HashSet<>();
        Deque<Pair> waiting = new ArrayDeque<>();
        waiting.add(new Pair(tree, before));
        while (!waiting.isEmpty()) {
            Pair pair = waiting.removeLast();
            boolean isNew =
                    pair.before().isEmpty() ? searched.find(pair.tree()) < 0 : compared.add(pair);
            if (isNew && !pair.before().contains(pair.tree())) {
                if (pair.before().isEmpty()) {
                    searched.number(pair.tree());
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
        byte[] raw = reader.read(tree, GitObjectType.TREE);
        cursor.begin(raw, 0, raw.length);
        while (cursor.advance()) {
            entries.put(
                    new String(
                            raw,
                            cursor.nameStart(),
                            cursor.nameEnd() - cursor.nameStart(),
                            StandardCharsets.ISO_8859_1),
                    new Entry(
                            ObjectId.fromRaw(raw, cursor.idStart(), reader.format().length()),
                            cursor.isTree(),
                            cursor.isGitlink()));
        }
        return entries;
    }
}
