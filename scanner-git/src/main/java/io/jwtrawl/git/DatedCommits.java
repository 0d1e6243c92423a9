package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
import io.jwtrawl.source.GitObjectType;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/// Walks commits from the youngest to the oldest, so that few need be read where only the latest matter. As with Git,
/// commits that are much older than their parents may hide from it what the walk would have found later.
final class DatedCommits {

    /// So many more commits are looked at when all that is left seems to be of no interest; as many as Git does.
    private static final int SLOP = 5;

    private final ObjectSource.Reader reader;
    private final Set<ObjectId> cut;
    private final Map<ObjectId, Commit> known = new HashMap<>();
    private final PriorityQueue<Commit> waiting = new PriorityQueue<>();

    /// Those of `waiting` that are still of interest.
    private int interesting;

    /// @param cut the commits whose parents are not there, and need not be
    DatedCommits(ObjectSource.Reader reader, Set<ObjectId> cut) {
        this.reader = reader;
        this.cut = cut;
    }

    /// A commit on the way.
    static final class Commit implements Comparable<Commit> {
        final ObjectId id;
        final ObjectId tree;
        final List<ObjectId> parents;

        /// When it was committed, since 1970.
        final long seconds;

        private boolean isLeft;
        private boolean isWaiting;
        private int sides;

        private Commit(ObjectId id, ObjectId tree, List<ObjectId> parents, long seconds) {
            this.id = id;
            this.tree = tree;
            this.parents = parents;
            this.seconds = seconds;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Commit commit && id.equals(commit.id);
        }

        @Override
        public int hashCode() {
            return id.hashCode();
        }

        /// The youngest first.
        @Override
        public int compareTo(Commit other) {
            int order = Long.compare(other.seconds, seconds);
            return order != 0 ? order : id.compareTo(other.id);
        }
    }

    /// The commits that `begun` leads to and `left` does not.
    ///
    /// @throws IOException if one on the way cannot be read
    List<Commit> between(Set<ObjectId> begun, Set<ObjectId> left) throws IOException {
        for (ObjectId id : left) {
            leave(commit(id));
        }
        for (ObjectId id : begun) {
            await(commit(id));
        }
        Set<Commit> met = new LinkedHashSet<>();
        int slop = SLOP;
        long youngest = Long.MAX_VALUE;
        while (!waiting.isEmpty()) {
            Commit commit = waiting.remove();
            commit.isWaiting = false;
            interesting -= commit.isLeft ? 0 : 1;
            for (ObjectId parent : commit.parents) {
                Commit next = commit(parent);
                if (commit.isLeft) {
                    leave(next);
                } else if (!next.isLeft && !met.contains(next)) {
                    await(next);
                }
            }
            if (!commit.isLeft) {
                met.add(commit);
                youngest = commit.seconds;
                continue;
            }
            Commit next = waiting.peek();
            boolean isOver = interesting == 0 && (next == null || next.seconds < youngest);
            slop = isOver ? slop - 1 : SLOP;
            if (slop == 0) {
                break;
            }
        }
        met.removeIf(commit -> commit.isLeft);
        return List.copyOf(met);
    }

    /// Commits that both lead to: at least all that no other such commit leads to.
    ///
    /// @throws IOException if one on the way cannot be read
    Set<ObjectId> mergeBases(ObjectId one, ObjectId other) throws IOException {
        paint(commit(one), 1);
        paint(commit(other), 2);
        Set<ObjectId> bases = new LinkedHashSet<>();
        while (interesting > 0) {
            Commit commit = waiting.remove();
            commit.isWaiting = false;
            interesting -= commit.isLeft ? 0 : 1;
            if (commit.sides == 3 && !commit.isLeft) {
                bases.add(commit.id);
            }
            for (ObjectId parent : commit.parents) {
                Commit next = commit(parent);
                if (commit.sides == 3) {
                    leave(next);
                }
                paint(next, commit.sides);
            }
        }
        return bases;
    }

    private void paint(Commit commit, int sides) {
        if ((commit.sides | sides) != commit.sides) {
            commit.sides |= sides;
            await(commit);
        }
    }

    private void await(Commit commit) {
        if (!commit.isWaiting) {
            commit.isWaiting = true;
            waiting.add(commit);
            interesting += commit.isLeft ? 0 : 1;
        }
    }

    /// Takes out a commit, and of what it leads to all that was read already.
    private void leave(Commit first) {
        Deque<Commit> leaving = new ArrayDeque<>();
        leaving.push(first);
        while (!leaving.isEmpty()) {
            Commit commit = leaving.pop();
            if (commit.isLeft) {
                continue;
            }
            interesting -= commit.isWaiting ? 1 : 0;
            commit.isLeft = true;
            await(commit); // for those of its parents that were not read
            for (ObjectId parent : commit.parents) {
                Commit read = known.get(parent);
                if (read != null) {
                    leaving.push(read);
                }
            }
        }
    }

    private Commit commit(ObjectId id) throws IOException {
        Commit commit = known.get(id);
        if (commit == null) {
            byte[] raw = reader.read(id, GitObjectType.COMMIT);
            RawObjects.CommitLinks links = RawObjects.commit(raw, reader.format());
            commit =
                    new Commit(
                            id,
                            links.tree(),
                            cut.contains(id) ? List.of() : links.parents(),
                            RawObjects.committed(raw));
            known.put(id, commit);
        }
        return commit;
    }
}
