package io.jwtrawl.git;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;

/// Finds the commits of a [CommitRange], and what else its tips lead to.
///
/// JGit walks by date and stops where all that is left is left out; where it meets a commit that is missing or broken it
/// gives up, and everything is walked here instead, all that can be read.
final class RangeWalk {

    private final ObjectReader reader;
    private final ObjectStore store;
    private final CommitRange range;
    private final Unreadable unreadable;
    private final ObjectIdOwnerMap<Commit> commits = new ObjectIdOwnerMap<>();
    private final List<Commit> order = new ArrayList<>();
    private final Set<ObjectId> tags = new LinkedHashSet<>();
    private final Set<ObjectId> trees = new LinkedHashSet<>();
    private final Set<ObjectId> blobs = new LinkedHashSet<>();

    RangeWalk(ObjectStore store, ObjectReader reader, CommitRange range, Unreadable unreadable) {
        this.store = store;
        this.reader = reader;
        this.range = range;
        this.unreadable = unreadable;
    }

    /// Learns of an object that cannot be read.
    interface Unreadable {
        void accept(ObjectId id, Exception why);
    }

    /// A commit of the range.
    static final class Commit extends ObjectIdOwnerMap.Entry {
        final ObjectId tree;
        final List<ObjectId> parents;

        Commit(ObjectId id, ObjectId tree, List<ObjectId> parents) {
            super(id);
            this.tree = tree;
            this.parents = parents;
        }
    }

    List<Commit> commits() {
        return order;
    }

    boolean contains(ObjectId commit) {
        return commits.contains(commit);
    }

    /// The annotated tags that the tips lead to.
    Set<ObjectId> tags() {
        return tags;
    }

    /// Trees that the tips lead to past every commit.
    Set<ObjectId> trees() {
        return trees;
    }

    /// Blobs that the tips lead to past every commit.
    Set<ObjectId> blobs() {
        return blobs;
    }

    void run() {
        Set<ObjectId> left = new HashSet<>();
        for (ObjectId tip : range.without()) {
            begin(tip, left, Optional.empty());
        }
        Set<ObjectId> begun = new LinkedHashSet<>();
        for (ObjectId tip : range.from()) {
            if (!range.without().contains(tip)) {
                begin(tip, begun, Optional.of(unreadable));
            }
        }
        tags.removeAll(range.without());
        if (begun.isEmpty()) {
            return;
        }
        try {
            walkByDate(begun, left);
        } catch (IOException | RuntimeException e) {
            order.clear();
            commits.clear();
            walkAll(begun, left);
        }
    }

    /// Follows tags from `tip` to what they are about.
    private void begin(ObjectId tip, Set<ObjectId> starts, Optional<Unreadable> problems) {
        ObjectId id = tip;
        boolean isWanted = problems.isPresent();
        try {
            while (true) {
                ObjectLoader loader = reader.open(id);
                switch (loader.getType()) {
                    case Constants.OBJ_COMMIT -> {
                        starts.add(id);
                        return;
                    }
                    case Constants.OBJ_TAG -> {
                        if (isWanted) {
                            if (range.without().contains(id)) {
                                return;
                            }
                            if (isRecent(Person.taggerOf(loader.getCachedBytes()))) {
                                tags.add(id);
                            }
                        }
                        id = RevTag.parse(loader.getCachedBytes()).getObject().getId();
                    }
                    default -> {
                        if (isWanted && range.since().isEmpty()) {
                            (loader.getType() == Constants.OBJ_TREE ? trees : blobs).add(id);
                        }
                        return;
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            ObjectId broken = id;
            problems.ifPresent(told -> told.accept(broken, e));
        }
    }

    private void walkByDate(Set<ObjectId> begun, Set<ObjectId> left) throws IOException {
        try (var walk = new RevWalk(reader)) {
            walk.setRetainBody(false);
            for (ObjectId id : begun) {
                walk.markStart(walk.parseCommit(id));
            }
            for (ObjectId id : left) {
                walk.markUninteresting(walk.parseCommit(id));
            }
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                if (isRecent(Instant.ofEpochSecond(commit.getCommitTime()))) {
                    List<ObjectId> parents = new ArrayList<>(commit.getParentCount());
                    for (RevCommit parent : commit.getParents()) {
                        parents.add(parent.copy());
                    }
                    add(new Commit(commit, commit.getTree().copy(), parents));
                }
            }
        }
    }

    private void walkAll(Set<ObjectId> begun, Set<ObjectId> left) {
        Set<ObjectId> met = new HashSet<>();
        walk(left, met, Optional.empty());
        walk(begun, met, Optional.of(unreadable));
    }

    private void walk(Set<ObjectId> starts, Set<ObjectId> met, Optional<Unreadable> problems) {
        Deque<ObjectId> waiting = new ArrayDeque<>();
        starts.stream().filter(met::add).forEach(waiting::add);
        while (!waiting.isEmpty()) {
            ObjectId id = waiting.removeFirst();
            try {
                byte[] raw = reader.open(id, Constants.OBJ_COMMIT).getCachedBytes();
                RawObjects.CommitLinks links = RawObjects.commit(id, raw);
                List<ObjectId> parents = store.shallow().contains(id) ? List.of() : links.parents();
                if (problems.isPresent() && isRecent(Person.committerOf(raw))) {
                    add(new Commit(id, links.tree(), parents));
                }
                parents.stream().filter(met::add).forEach(waiting::add);
            } catch (IOException | RuntimeException e) {
                problems.ifPresent(told -> told.accept(id, e));
            }
        }
    }

    private boolean isRecent(Person person) {
        return isRecent(person.when().orElse(Instant.EPOCH));
    }

    private boolean isRecent(Instant committed) {
        return range.since().isEmpty() || !committed.isBefore(range.since().get());
    }

    private void add(Commit commit) {
        commits.add(commit);
        order.add(commit);
    }
}
