package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.git.PathLists.TooMuchException;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.Provenance.GitObject;
import io.jwtrawl.token.Sighting;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells for tokens found in the objects of one repository at which paths they lay, and with which commits they came
/// and went.
///
/// A token at a path is one place, however many versions of the file held it. It came with the first commit that has it
/// there while no parent has, and the place is described as that commit had it. It went with the last commit that does
/// not have it while a parent has.
final class HistoryAttribution {

    private final GitRepository location;
    private final PathFilter filter;
    private final Attribution.Scan scan;
    private final HistoryView view;

    /// @param location whose `HEAD` is the one that matters
    HistoryAttribution(
            GitRepository location, PathFilter filter, Attribution.Scan scan, HistoryView view) {
        this.location = location;
        this.filter = filter;
        this.scan = scan;
        this.view = view;
    }

    /// @param places where tokens are, by commits and paths
    /// @param left what lies at no path of a commit, or in the text of an object that no commit or tag leads to
    record Outcome(List<Sighting> places, List<Sighting> left) {}

    Outcome attribute(List<Sighting> sightings)
            throws IOException, InterruptedException, TooMuchException {
        var outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
        Map<ObjectId, List<Sighting>> byBlob = new HashMap<>();
        try (ObjectSource source = view.open(location);
                ObjectSource.Reader reader = source.newReader()) {
            Tips tips = view.tips(location, reader);
            ObjectNumbers trees = ObjectNumbers.ofTrees(view.links(), reader.format());
            CommitGraph graph = graph(tips, reader, trees);
            var commits = new CommitPlaces(location, tips.branches(), reader, scan);
            for (Sighting sighting : sightings) {
                ObjectId id = id(sighting);
                GitObjectType type = ((GitObject) sighting.provenance().outermost()).type();
                if (type == GitObjectType.BLOB) {
                    listAt(byBlob, id).add(sighting);
                } else if (graph.isReached(id)) {
                    outcome.places.add(commits.message(sighting, id, type, graph.isInHead(id)));
                } else {
                    outcome.left.add(sighting);
                }
            }
            if (!byBlob.isEmpty()) {
                attributeBlobs(byBlob, graph, trees, reader, commits, outcome);
            }
        }
        return outcome;
    }

    private CommitGraph graph(Tips tips, ObjectSource.Reader reader, ObjectNumbers trees)
            throws InterruptedException {
        return CommitGraph.read(
                tips, reader, view.links(), trees, view.cut(location), scan::isCancelled);
    }

    /// The same sightings, in the text of commits and tags whatever leads to them.
    List<Sighting> describe(List<Sighting> messages) throws IOException, InterruptedException {
        List<Sighting> described = new ArrayList<>();
        try (ObjectSource source = view.open(location);
                ObjectSource.Reader reader = source.newReader()) {
            Tips tips = view.tips(location, reader);
            ObjectNumbers trees = ObjectNumbers.ofTrees(view.links(), reader.format());
            CommitGraph graph = graph(tips, reader, trees);
            var commits = new CommitPlaces(location, tips.branches(), reader, scan);
            for (Sighting message : messages) {
                GitObjectType type = ((GitObject) message.provenance().outermost()).type();
                ObjectId id = id(message);
                described.add(
                        type == GitObjectType.BLOB
                                ? message
                                : commits.message(message, id, type, graph.isInHead(id)));
            }
        }
        return described;
    }

    /// Those of the sightings that refs lead to, be it past every commit or beyond a limit.
    List<Sighting> reached(List<Sighting> sightings) throws IOException, InterruptedException {
        List<Sighting> reached = new ArrayList<>();
        if (sightings.isEmpty()) {
            return reached;
        }
        try (ObjectSource source = view.open(location);
                ObjectSource.Reader reader = source.newReader()) {
            Reachable reachable =
                    Reachable.from(
                            view.tips(location, reader).all(),
                            source,
                            view.cut(location),
                            (_, _, _) -> {},
                            scan::isCancelled);
            for (Sighting sighting : sightings) {
                if (reachable.contains(id(sighting))) {
                    reached.add(sighting);
                }
            }
        }
        return reached;
    }

    private static ObjectId id(Sighting sighting) {
        return ObjectId.fromString(((GitObject) sighting.provenance().outermost()).objectId());
    }

    private static List<Sighting> listAt(Map<ObjectId, List<Sighting>> byBlob, ObjectId id) {
        List<Sighting> list = byBlob.get(id);
        if (list == null) {
            list = new ArrayList<>(2);
            byBlob.put(id, list);
        }
        return list;
    }

    private void attributeBlobs(
            Map<ObjectId, List<Sighting>> byBlob,
            CommitGraph graph,
            ObjectNumbers numbers,
            ObjectSource.Reader reader,
            CommitPlaces commits,
            Outcome outcome)
            throws InterruptedException, TooMuchException {
        var trees =
                new TreeIndex(
                        reader,
                        view.links(),
                        numbers,
                        byBlob.keySet(),
                        this::limit,
                        scan::isCancelled);
        var spots = new SpotTraces(byBlob, graph, view);
        for (int commit : CommitOrder.parentsFirst(graph)) {
            spots.follow(commit, trees);
        }
        for (SpotTraces.Trace trace : spots.traces()) {
            Cancellation.check(scan::isCancelled);
            if (trace.isIntroduced() && isWanted(trace.path())) {
                place(trace, graph, commits, outcome);
            }
        }
        for (Map.Entry<ObjectId, List<Sighting>> blob : byBlob.entrySet()) {
            if (!spots.isTraced(blob.getKey())) {
                outcome.left.addAll(blob.getValue());
            }
        }
    }

    private static void place(
            SpotTraces.Trace trace, CommitGraph graph, CommitPlaces commits, Outcome outcome) {
        List<ObjectId> ends = new ArrayList<>();
        for (int end : trace.ends()) {
            ends.add(graph.id(end));
        }
        Optional<String> removedBy =
                trace.isRemoved(graph)
                        ? Optional.of(graph.id(trace.removed()).name())
                        : Optional.empty();
        for (Sighting sighting : trace.sightings()) {
            outcome.places.add(
                    commits.file(
                            sighting,
                            trace.path(),
                            trace.blob(),
                            graph.id(trace.introduced()),
                            removedBy,
                            trace.isInHead(),
                            ends));
        }
    }

    private boolean isWanted(String path) {
        try {
            return filter.isAll() || filter.acceptsFile(Path.of(path));
        } catch (InvalidPathException e) {
            return true; // no file here can be called so, and no pattern can ask for it
        }
    }

    private void limit(ObjectId tree, String limit) {
        scan.accept(
                new Incident.Skipped(
                        new GitObject(location.folder(), tree.name(), GitObjectType.TREE), limit));
    }
}
