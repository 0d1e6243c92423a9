package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
import io.jwtrawl.git.objects.StoredObject;
import io.jwtrawl.source.GitObjectType;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the commits of a [CommitRange], and what else its tips lead to.
///
/// Walks by date and stops where all that is left is left out; where that meets a commit that is missing or broken it
/// gives up, and everything is walked here instead, all that can be read.
final class RangeWalk {

    private final ObjectSource.Reader reader;
    private final Set<ObjectId> cut;
    private final CommitRange range;
    private final Unreadable unreadable;
    private final Map<ObjectId, Commit> commits = new LinkedHashMap<>();
    private final Set<ObjectId> tags = new LinkedHashSet<>();
    private final Set<ObjectId> trees = new LinkedHashSet<>();
    private final Set<ObjectId> blobs = new LinkedHashSet<>();

    /// @param cut the commits whose parents are not there, and need not be
    RangeWalk(
            Set<ObjectId> cut,
            ObjectSource.Reader reader,
            CommitRange range,
            Unreadable unreadable) {
        this.cut = cut;
        this.reader = reader;
        this.range = range;
        this.unreadable = unreadable;
    }

    /// Learns of an object that cannot be read.
    interface Unreadable {
        void accept(ObjectId id, Exception why);
    }

    /// A commit of the range.
    ///
    /// @param parents those that count
    record Commit(ObjectId id, ObjectId tree, List<ObjectId> parents) {}

    Collection<Commit> commits() {
        return commits.values();
    }

    boolean contains(ObjectId commit) {
        return commits.containsKey(commit);
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
                StoredObject object = reader.read(id);
                switch (object.type()) {
                    case COMMIT -> {
                        starts.add(id);
                        return;
                    }
                    case TAG -> {
                        if (isWanted) {
                            if (range.without().contains(id)) {
                                return;
                            }
                            if (isRecent(Person.taggerOf(object.bytes()))) {
                                tags.add(id);
                            }
                        }
                        id = RawObjects.tag(object.bytes(), reader.format()).object();
                    }
                    case TREE, BLOB -> {
                        if (isWanted && range.since().isEmpty()) {
                            (object.type() == GitObjectType.TREE ? trees : blobs).add(id);
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
        for (DatedCommits.Commit commit : new DatedCommits(reader, cut).between(begun, left)) {
            if (isRecent(Instant.ofEpochSecond(commit.seconds))) {
                add(new Commit(commit.id, commit.tree, commit.parents));
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
                byte[] raw = reader.read(id, GitObjectType.COMMIT);
                RawObjects.CommitLinks links = RawObjects.commit(raw, reader.format());
                List<ObjectId> parents = cut.contains(id) ? List.of() : links.parents();
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
        commits.put(commit.id(), commit);
    }
}
