package io.jwtrawl.git;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/// The commits that a repository's refs reach. A commit that cannot be read is left out; the crawl has named it.
final class CommitGraph {

    private final List<Commit> parentsFirst;
    private final Set<ObjectId> tips;
    private final Optional<ObjectId> head;
    private final Set<ObjectId> inHead;

    private CommitGraph(
            List<Commit> parentsFirst,
            Set<ObjectId> tips,
            Optional<ObjectId> head,
            Set<ObjectId> inHead) {
        this.parentsFirst = parentsFirst;
        this.tips = tips;
        this.head = head;
        this.inHead = inHead;
    }

    static CommitGraph read(Repository repository, ObjectReader reader) throws IOException {
        Deque<ObjectId> waiting = new ArrayDeque<>();
        Set<ObjectId> tips = new HashSet<>();
        for (GitRepository.Tip tip : GitRepository.tips(repository)) {
            waiting.add(tip.peeled());
            if (!tip.name().startsWith(Constants.R_TAGS)) {
                tips.add(tip.peeled());
            }
        }
        Set<ObjectId> shallow = reader.getShallowCommits();
        Map<ObjectId, Commit> commits = new LinkedHashMap<>();
        Map<ObjectId, List<ObjectId>> parents = new HashMap<>();
        while (!waiting.isEmpty()) {
            ObjectId id = waiting.remove();
            if (commits.containsKey(id)) {
                continue;
            }
            try {
                byte[] raw = reader.open(id, Constants.OBJ_COMMIT).getCachedBytes();
                RawObjects.CommitLinks links = RawObjects.commit(id, raw);
                commits.put(id, new Commit(id, links.tree(), raw));
                parents.put(id, shallow.contains(id) ? List.of() : links.parents());
                waiting.addAll(parents.get(id));
            } catch (IOException | RuntimeException e) {
                // Not a commit, or one that the crawl has reported.
            }
        }
        commits.forEach((id, commit) ->
                commit.setParents(
                        parents.getOrDefault(id, List.of()).stream()
                                .map(commits::get)
                                .filter(Objects::nonNull)
                                .toList()));
        Optional<ObjectId> head = GitRepository.head(repository);
        return new CommitGraph(
                parentsFirst(commits.values()),
                tips,
                head,
                ancestors(head.map(commits::get).stream().toList()));
    }

    /// Every commit after its parents, and otherwise as stable as the order of the refs.
    List<Commit> parentsFirst() {
        return parentsFirst;
    }

    boolean isHead(Commit commit) {
        return head.filter(commit.id()::equals).isPresent();
    }

    /// Whether a branch ends with `commit`; tags do not count.
    boolean isTip(Commit commit) {
        return tips.contains(commit.id());
    }

    /// Whether `HEAD` reaches the commit.
    boolean isInHead(ObjectId commit) {
        return inHead.contains(commit);
    }

    private static Set<ObjectId> ancestors(Collection<Commit> from) {
        Set<ObjectId> ancestors = new HashSet<>();
        Deque<Commit> waiting = new ArrayDeque<>(from);
        while (!waiting.isEmpty()) {
            Commit commit = waiting.remove();
            if (ancestors.add(commit.id())) {
                waiting.addAll(commit.parents());
            }
        }
        return ancestors;
    }

    private static List<Commit> parentsFirst(Collection<Commit> commits) {
        Map<Commit, Integer> unseenParents = new HashMap<>();
        Map<Commit, List<Commit>> children = new HashMap<>();
        Deque<Commit> ready = new ArrayDeque<>();
        for (Commit commit : commits) {
            unseenParents.put(commit, commit.parents().size());
            commit.parents()
                    .forEach(parent ->
                            children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(commit));
            if (commit.parents().isEmpty()) {
                ready.add(commit);
            }
        }
        List<Commit> ordered = new ArrayList<>(commits.size());
        while (!ready.isEmpty()) {
            Commit commit = ready.remove();
            ordered.add(commit);
            for (Commit child : children.getOrDefault(commit, List.of())) {
                if (unseenParents.merge(child, -1, Integer::sum) == 0) {
                    ready.add(child);
                }
            }
        }
        return List.copyOf(ordered);
    }
}
