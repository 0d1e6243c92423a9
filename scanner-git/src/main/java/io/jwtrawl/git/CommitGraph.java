package io.jwtrawl.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevTag;

/// The commits that a repository's refs reach, as numbers from 0. A commit that cannot be read is left out; the crawl has
/// named it.
///
/// There may be a million of them, so of each is kept only its id, its tree and its parents, some eighty bytes in all.
final class CommitGraph {

    private static final int ID_INTS = Constants.OBJECT_ID_LENGTH / Integer.BYTES;

    private final ObjectReader reader;
    private final ObjectIdOwnerMap<Node> byId = new ObjectIdOwnerMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final BitSet readable = new BitSet();
    private final BitSet ends = new BitSet();
    private final BitSet inHead = new BitSet();
    private int head = -1;

    /// The tree of commit `c` begins at `c * ID_INTS`.
    private int[] trees = new int[64 * ID_INTS];

    /// The parents of commit `c` are at `[parentsFrom[c], parentsFrom[c + 1])`.
    private int[] parentsFrom = new int[64];

    private int[] parents = new int[64];

    private CommitGraph(ObjectReader reader) {
        this.reader = reader;
    }

    private static final class Node extends ObjectIdOwnerMap.Entry {
        final int number;

        Node(ObjectId id, int number) {
            super(id);
            this.number = number;
        }
    }

    /// @param cancelled whether nobody waits for the outcome any more
    static CommitGraph read(Refs refs, ObjectStore store, BooleanSupplier cancelled)
            throws InterruptedException {
        try (ObjectReader reader = store.newReader()) {
            var graph = new CommitGraph(reader);
            for (ObjectId tip : refs.tips()) {
                graph.begin(tip, refs.ends().contains(tip));
            }
            for (int commit = 0; commit < graph.nodes.size(); commit++) {
                Cancellation.check(cancelled);
                graph.read(commit, store.shallow().contains(graph.id(commit)));
            }
            graph.dropUnreadable();
            refs.head().ifPresent(graph::markHead);
            return graph;
        }
    }

    private void begin(ObjectId tip, boolean isEnd) {
        try {
            ObjectId id = tip;
            ObjectLoader loader = reader.open(id);
            while (loader.getType() == Constants.OBJ_TAG) {
                id = RevTag.parse(loader.getCachedBytes()).getObject().getId();
                loader = reader.open(id);
            }
            if (loader.getType() == Constants.OBJ_COMMIT) {
                int commit = number(id);
                if (isEnd) {
                    ends.set(commit);
                }
            }
        } catch (IOException | RuntimeException e) {
            // The crawl has reported it.
        }
    }

    private int number(ObjectId id) {
        Node known = byId.get(id);
        if (known == null) {
            known = new Node(id, nodes.size());
            byId.add(known);
            nodes.add(known);
        }
        return known.number;
    }

    private void read(int commit, boolean isShallow) {
        int from = parentsFrom[commit];
        int to = from;
        try {
            ObjectId id = id(commit);
            byte[] raw = reader.open(id, Constants.OBJ_COMMIT).getCachedBytes();
            RawObjects.CommitLinks links = RawObjects.commit(id, raw);
            trees = grown(trees, (commit + 1) * ID_INTS);
            links.tree().copyRawTo(trees, commit * ID_INTS);
            readable.set(commit);
            if (!isShallow) {
                for (ObjectId parent : links.parents()) {
                    parents = grown(parents, to + 1);
                    parents[to++] = number(parent);
                }
            }
        } catch (IOException | RuntimeException e) {
            // Not a commit, or one that the crawl has reported.
        }
        parentsFrom = grown(parentsFrom, commit + 2);
        parentsFrom[commit + 1] = to;
    }

    private static int[] grown(int[] array, int length) {
        return length <= array.length
                ? array
                : Arrays.copyOf(array, Math.max(length, array.length + array.length / 2));
    }

    private void dropUnreadable() {
        int to = 0;
        for (int commit = 0; commit < nodes.size(); commit++) {
            int from = parentsFrom[commit];
            parentsFrom[commit] = to;
            for (int i = from; i < parentsFrom[commit + 1]; i++) {
                if (readable.get(parents[i])) {
                    parents[to++] = parents[i];
                }
            }
        }
        parentsFrom[nodes.size()] = to;
    }

    private void markHead(ObjectId id) {
        Node node = byId.get(id);
        if (node == null || !readable.get(node.number)) {
            return;
        }
        head = node.number;
        int[] waiting = new int[nodes.size()];
        int count = 0;
        waiting[count++] = head;
        inHead.set(head);
        while (count > 0) {
            int commit = waiting[--count];
            for (int i = parentsFrom[commit]; i < parentsFrom[commit + 1]; i++) {
                if (!inHead.get(parents[i])) {
                    inHead.set(parents[i]);
                    waiting[count++] = parents[i];
                }
            }
        }
    }

    ObjectId id(int commit) {
        return nodes.get(commit);
    }

    ObjectId tree(int commit) {
        return ObjectId.fromRaw(trees, commit * ID_INTS);
    }

    /// Those parents that the repository has.
    IntStream parents(int commit) {
        return Arrays.stream(parents, parentsFrom[commit], parentsFrom[commit + 1]);
    }

    boolean isMerge(int commit) {
        return parentsFrom[commit + 1] - parentsFrom[commit] > 1;
    }

    boolean isHead(int commit) {
        return commit == head;
    }

    /// Whether a branch ends with `commit`; tags do not count.
    boolean isEnd(int commit) {
        return ends.get(commit);
    }

    /// Whether `HEAD` reaches the commit.
    boolean isInHead(int commit) {
        return inHead.get(commit);
    }

    /// Whether `HEAD` reaches the commit, if it is one.
    boolean isInHead(ObjectId id) {
        Node node = byId.get(id);
        return node != null && inHead.get(node.number);
    }

    /// Every commit after its parents, and otherwise always in the same order.
    int[] parentsFirst() {
        int count = nodes.size();
        int[] childrenFrom = new int[count + 1];
        for (int i = 0; i < parentsFrom[count]; i++) {
            childrenFrom[parents[i] + 1]++;
        }
        for (int commit = 0; commit < count; commit++) {
            childrenFrom[commit + 1] += childrenFrom[commit];
        }
        int[] children = new int[parentsFrom[count]];
        int[] next = Arrays.copyOf(childrenFrom, count);
        int[] unseenParents = new int[count];
        int[] ordered = new int[readable.cardinality()];
        int end = 0;
        for (int commit = 0; commit < count; commit++) {
            unseenParents[commit] = parentsFrom[commit + 1] - parentsFrom[commit];
            for (int i = parentsFrom[commit]; i < parentsFrom[commit + 1]; i++) {
                children[next[parents[i]]++] = commit;
            }
            if (unseenParents[commit] == 0 && readable.get(commit)) {
                ordered[end++] = commit;
            }
        }
        for (int begin = 0; begin < end; begin++) {
            int commit = ordered[begin];
            for (int i = childrenFrom[commit]; i < childrenFrom[commit + 1]; i++) {
                if (--unseenParents[children[i]] == 0) {
                    ordered[end++] = children[i];
                }
            }
        }
        return end == ordered.length ? ordered : Arrays.copyOf(ordered, end);
    }
}
