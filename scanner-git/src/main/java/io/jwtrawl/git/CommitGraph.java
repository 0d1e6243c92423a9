package io.jwtrawl.git;

import io.jwtrawl.git.objects.IdTable;
import io.jwtrawl.git.objects.Links;
import io.jwtrawl.git.objects.NamedIds;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
import io.jwtrawl.git.objects.StoredObject;
import io.jwtrawl.source.GitObjectType;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// The commits that a repository's refs reach, as numbers from 0. A commit that cannot be read is left out; the crawl has
/// named it.
///
/// There may be a million of them, so of each is kept only its id, its tree and its parents, some eighty bytes in all.
final class CommitGraph {

    private final ObjectSource.Reader reader;
    private final Optional<Links> links;
    private final int idLength;
    private final IdTable ids;
    private final BitSet readable = new BitSet();
    private final BitSet ends = new BitSet();
    private final BitSet inHead = new BitSet();
    private int head = -1;

    /// The id of the tree of commit `c` begins at `c * idLength`.
    private byte[] trees;

    /// The parents of commit `c` are at `[parentsFrom[c], parentsFrom[c + 1])`.
    private int[] parentsFrom = new int[64];

    private int[] parents = new int[64];

    /// The tags that refs lead to.
    private final Set<ObjectId> tags = new HashSet<>();

    private CommitGraph(ObjectSource.Reader reader, Optional<Links> links) {
        this.reader = reader;
        this.links = links;
        idLength = reader.format().length();
        ids = new IdTable(reader.format());
        trees = new byte[64 * idLength];
    }

    /// @param links what commits name, as far as that is known without reading them
    /// @param shallow the commits whose parents are not there, and need not be
    /// @param cancelled whether nobody waits for the outcome any more
    static CommitGraph read(
            Tips tips,
            ObjectSource.Reader reader,
            Optional<Links> links,
            Set<ObjectId> shallow,
            BooleanSupplier cancelled)
            throws InterruptedException {
        var graph = new CommitGraph(reader, links);
        for (ObjectId tip : tips.all()) {
            graph.begin(tip, tips.ends().contains(tip));
        }
        for (int commit = 0; commit < graph.ids.size(); commit++) {
            Cancellation.check(cancelled);
            graph.read(commit, shallow);
        }
        graph.dropUnreadable();
        tips.head().ifPresent(graph::markHead);
        return graph;
    }

    private void begin(ObjectId tip, boolean isEnd) {
        if (number(tip) != Links.NONE) {
            begin(ids.number(tip), isEnd);
            return;
        }
        try {
            ObjectId id = tip;
            StoredObject object = reader.read(id);
            while (object.type() == GitObjectType.TAG && tags.add(id)) {
                id = RawObjects.tag(object.bytes(), reader.format()).object();
                object = reader.read(id);
            }
            if (object.type() == GitObjectType.COMMIT) {
                begin(ids.number(id), isEnd);
            }
        } catch (IOException | RuntimeException e) {
            // The crawl has reported it.
        }
    }

    private void begin(int commit, boolean isEnd) {
        if (isEnd) {
            ends.set(commit);
        }
    }

    private void read(int commit, Set<ObjectId> shallow) {
        int from = parentsFrom[commit];
        int to = from;
        try {
            ObjectId id = id(commit);
            byte[] named = named(id);
            if ((commit + 1) * idLength > trees.length) {
                trees = Arrays.copyOf(trees, trees.length + trees.length / 2);
            }
            System.arraycopy(named, 0, trees, commit * idLength, idLength);
            readable.set(commit);
            if (!shallow.contains(id)) {
                for (int parent = idLength; parent < named.length; parent += idLength) {
                    parents = grown(parents, to + 1);
                    parents[to++] = ids.number(named, parent);
                }
            }
        } catch (IOException | RuntimeException e) {
            // Not a commit, or one that the crawl has reported.
        }
        parentsFrom = grown(parentsFrom, commit + 2);
        parentsFrom[commit + 1] = to;
    }

    private byte[] named(ObjectId commit) throws IOException {
        int number = number(commit);
        if (number != Links.NONE) {
            return links.orElseThrow().commit(number);
        }
        byte[] raw = reader.read(commit, GitObjectType.COMMIT);
        return NamedIds.ofCommit(raw, raw.length, reader.format());
    }

    private int number(ObjectId commit) {
        return links.isPresent() ? links.get().commit(commit) : Links.NONE;
    }

    private static int[] grown(int[] array, int length) {
        return length <= array.length
                ? array
                : Arrays.copyOf(array, Math.max(length, array.length + array.length / 2));
    }

    private void dropUnreadable() {
        int to = 0;
        for (int commit = 0; commit < ids.size(); commit++) {
            int from = parentsFrom[commit];
            parentsFrom[commit] = to;
            for (int i = from; i < parentsFrom[commit + 1]; i++) {
                if (readable.get(parents[i])) {
                    parents[to++] = parents[i];
                }
            }
        }
        parentsFrom[ids.size()] = to;
    }

    private void markHead(ObjectId id) {
        int commit = ids.find(id);
        if (commit < 0 || !readable.get(commit)) {
            return;
        }
        head = commit;
        int[] waiting = new int[ids.size()];
        int count = 0;
        waiting[count++] = head;
        inHead.set(head);
        while (count > 0) {
            int child = waiting[--count];
            for (int i = parentsFrom[child]; i < parentsFrom[child + 1]; i++) {
                if (!inHead.get(parents[i])) {
                    inHead.set(parents[i]);
                    waiting[count++] = parents[i];
                }
            }
        }
    }

    ObjectId id(int commit) {
        return ids.id(commit);
    }

    ObjectId tree(int commit) {
        return ObjectId.fromRaw(trees, commit * idLength, idLength);
    }

    /// How many parents it has, of those that the repository has.
    int parentCount(int commit) {
        return parentsFrom[commit + 1] - parentsFrom[commit];
    }

    /// @param i from 0 to [#parentCount]
    int parent(int commit, int i) {
        return parents[parentsFrom[commit] + i];
    }

    boolean isMerge(int commit) {
        return parentCount(commit) > 1;
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
        int commit = ids.find(id);
        return commit >= 0 && inHead.get(commit);
    }

    /// Whether refs lead to the commit or tag.
    boolean isReached(ObjectId id) {
        return ids.find(id) >= 0 || tags.contains(id);
    }

    /// Every commit after its parents, and otherwise always in the same order.
    int[] parentsFirst() {
        int count = ids.size();
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
