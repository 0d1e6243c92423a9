package io.jwtrawl.git;

import io.jwtrawl.git.objects.Links;
import io.jwtrawl.git.objects.NamedIds;
import io.jwtrawl.git.objects.NumberTable;
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
/// There may be a million of them, so of each is kept only which object it and its tree are, and its parents, some thirty
/// bytes in all.
final class CommitGraph {

    private final ObjectSource.Reader reader;
    private final Optional<Links> links;
    private final ObjectNumbers objects;
    private final NumberTable commits;
    private final ObjectNumbers trees;
    private final BitSet readable = new BitSet();
    private final BitSet ends = new BitSet();
    private final BitSet inHead = new BitSet();
    private int head = -1;

    /// The number among `trees` of the tree of each commit.
    private int[] treeOf;

    /// The parents of commit `c` are at `[parentsFrom[c], parentsFrom[c + 1])`.
    private int[] parentsFrom;

    private int[] parents;

    /// The tags that refs lead to.
    private final Set<ObjectId> tags = new HashSet<>();

    private CommitGraph(ObjectSource.Reader reader, Optional<Links> links, ObjectNumbers trees) {
        this.reader = reader;
        this.links = links;
        this.trees = trees;
        objects = ObjectNumbers.ofCommits(links, reader.format());
        int expected = Math.max(64, links.isPresent() ? links.get().commits() : 0);
        commits = new NumberTable(expected);
        treeOf = new int[expected];
        parentsFrom = new int[expected + 1];
        parents = new int[expected];
    }

    /// @param links what commits name, as far as that is known without reading them
    /// @param trees numbers the trees of the commits
    /// @param shallow the commits whose parents are not there, and need not be
    /// @param cancelled whether nobody waits for the outcome any more
    static CommitGraph read(
            Tips tips,
            ObjectSource.Reader reader,
            Optional<Links> links,
            ObjectNumbers trees,
            Set<ObjectId> shallow,
            BooleanSupplier cancelled)
            throws InterruptedException {
        var graph = new CommitGraph(reader, links, trees);
        for (ObjectId tip : tips.all()) {
            graph.begin(tip, tips.ends().contains(tip));
        }
        for (int commit = 0; commit < graph.commits.size(); commit++) {
            Cancellation.check(cancelled);
            graph.read(commit, shallow);
        }
        graph.dropUnreadable();
        tips.head().ifPresent(graph::markHead);
        return graph;
    }

    private void begin(ObjectId tip, boolean isEnd) {
        int known = objects.find(tip);
        if (known != Links.NONE) {
            begin(commits.add(known), isEnd);
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
                begin(commits.add(objects.number(id)), isEnd);
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
        var named = new Named(commit, !shallow.isEmpty() && shallow.contains(id(commit)));
        int number = commits.at(commit);
        try {
            if (objects.isLinked(number) && links.orElseThrow().has(number)) {
                links.get().readCommit(number, named);
            } else {
                readObject(id(commit), named);
            }
            readable.set(commit);
        } catch (IOException | RuntimeException e) {
            // Not a commit, or one that the crawl has reported.
            named.end = parentsFrom[commit];
        }
        parentsFrom = grown(parentsFrom, commit + 2);
        parentsFrom[commit + 1] = named.end;
    }

    private void readObject(ObjectId commit, Named named) throws IOException {
        byte[] raw = reader.read(commit, GitObjectType.COMMIT);
        byte[] ids = NamedIds.ofCommit(raw, raw.length, reader.format());
        int length = reader.format().length();
        for (int from = 0; from < ids.length; from += length) {
            named.elsewhere(ObjectId.fromRaw(ids, from, length));
        }
    }

    /// Learns what a commit names.
    private final class Named implements Links.CommitVisitor {
        private final int commit;
        private final boolean isCut;
        private boolean isTree = true;

        /// Where in `parents` its parents end so far.
        private int end;

        /// @param isCut whether its parents do not count
        Named(int commit, boolean isCut) {
            this.commit = commit;
            this.isCut = isCut;
            end = parentsFrom[commit];
        }

        @Override
        public void inPack(int number) {
            if (isTree) {
                tree(number);
            } else if (!isCut) {
                parent(number);
            }
        }

        @Override
        public void elsewhere(ObjectId id) {
            if (isTree) {
                tree(trees.number(id));
            } else if (!isCut) {
                parent(objects.number(id));
            }
        }

        private void tree(int number) {
            isTree = false;
            treeOf = grown(treeOf, commit + 1);
            treeOf[commit] = number;
        }

        private void parent(int number) {
            parents = grown(parents, end + 1);
            parents[end++] = commits.add(number);
        }
    }

    private static int[] grown(int[] array, int length) {
        return length <= array.length
                ? array
                : Arrays.copyOf(array, Math.max(length, array.length + array.length / 2));
    }

    private void dropUnreadable() {
        int to = 0;
        for (int commit = 0; commit < commits.size(); commit++) {
            int from = parentsFrom[commit];
            parentsFrom[commit] = to;
            for (int i = from; i < parentsFrom[commit + 1]; i++) {
                if (readable.get(parents[i])) {
                    parents[to++] = parents[i];
                }
            }
        }
        parentsFrom[commits.size()] = to;
    }

    private void markHead(ObjectId id) {
        int commit = find(id);
        if (commit < 0 || !readable.get(commit)) {
            return;
        }
        head = commit;
        int[] waiting = new int[commits.size()];
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
        return objects.id(commits.at(commit));
    }

    private int find(ObjectId id) {
        int number = objects.find(id);
        return number == Links.NONE ? -1 : commits.find(number);
    }

    /// The number of its tree, among those that the graph was read with.
    int tree(int commit) {
        return treeOf[commit];
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
        int commit = find(id);
        return commit >= 0 && inHead.get(commit);
    }

    /// Whether refs lead to the commit or tag.
    boolean isReached(ObjectId id) {
        return find(id) >= 0 || tags.contains(id);
    }

    /// How many numbers there are.
    int count() {
        return commits.size();
    }

    boolean isReadable(int commit) {
        return readable.get(commit);
    }

    int readableCount() {
        return readable.cardinality();
    }
}
