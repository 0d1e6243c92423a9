package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.Place;
import io.jwtrawl.git.PathLists.Held;
import io.jwtrawl.git.PathLists.TooMuchException;
import io.jwtrawl.git.objects.Links;
import io.jwtrawl.git.objects.ObjectDatabase;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectReader;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.Provenance.GitObject;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.TokenId;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tells for tokens found in the objects of one repository at which paths they lay, and with which commits they came
/// and went.
///
/// A token at a path is one place, however many versions of the file held it. It came with the first commit that has it
/// there while no parent has, and the place is described as that commit had it. It went with the last commit that does
/// not have it while a parent has.
final class PackHistoryAttribution {

    /// Tokens at paths, followed through history or held by one commit.
    private static final int MAX_SPOTS = 1_000_000;

    private final GitRepository location;
    private final Optional<Links> links;
    private final PathFilter filter;
    private final Attribution.Scan scan;

    /// @param location whose `HEAD` is the one that matters
    /// @param links what its commits and trees name, as far as that is known
    PackHistoryAttribution(
            GitRepository location,
            Optional<Links> links,
            PathFilter filter,
            Attribution.Scan scan) {
        this.location = location;
        this.links = links;
        this.filter = filter;
        this.scan = scan;
    }

    /// A token at a path, in containers within the file. In which disguise it stands there, and where, may change with any
    /// version of the file.
    private record Spot(TokenId token, List<String> containers, String path) {}

    /// What is known of a spot so far; commits by their numbers, or -1.
    private static final class Trace {
        int introduced = -1;
        int removed = -1;

        /// The version of the file that came with `introduced`.
        Optional<ObjectId> blob = Optional.empty();

        boolean inHead;
        boolean atEnd;

        /// Commits that branches end with, by their numbers; some of them.
        final List<Integer> ends = new ArrayList<>(1);
    }

    List<Sighting> attribute(List<Sighting> sightings)
            throws IOException, InterruptedException, TooMuchException {
        List<Sighting> attributed = new ArrayList<>();
        Map<ObjectId, List<Sighting>> byBlob = new HashMap<>();
        List<Sighting> messages = new ArrayList<>();
        for (Sighting sighting : sightings) {
            GitObject object = (GitObject) sighting.provenance().outermost();
            if (object.type() == GitObjectType.BLOB) {
                byBlob.computeIfAbsent(
                                ObjectId.fromString(object.objectId()), _ -> new ArrayList<>())
                        .add(sighting);
            } else {
                messages.add(sighting);
            }
        }
        try (ObjectDatabase database = location.objects(Problems.TOLD_ALREADY);
                ObjectReader reader = database.newReader()) {
            Tips tips = Tips.withLogged(location, database, Problems.TOLD_ALREADY);
            PackCommitGraph graph =
                    PackCommitGraph.read(
                            tips,
                            reader,
                            links,
                            location.shallow(Tips.ids(location), Problems.TOLD_ALREADY),
                            scan::isCancelled);
            var places =
                    new CommitPlaces(
                            location, tips.branches(), id -> reader.read(id).bytes(), scan);
            for (Sighting message : messages) {
                GitObject object = (GitObject) message.provenance().outermost();
                if (graph.isReached(ObjectId.fromString(object.objectId()))) {
                    attributed.add(attributeMessage(message, graph, places));
                }
            }
            if (!byBlob.isEmpty()) {
                attributed.addAll(attributeBlobs(byBlob, graph, tips, database, reader, places));
            }
        }
        return attributed;
    }

    private static Sighting attributeMessage(
            Sighting sighting, PackCommitGraph graph, CommitPlaces places) {
        GitObject object = (GitObject) sighting.provenance().outermost();
        ObjectId id = ObjectId.fromString(object.objectId());
        return places.message(sighting, id, object.type(), graph.isInHead(id));
    }

    private List<Sighting> attributeBlobs(
            Map<ObjectId, List<Sighting>> byBlob,
            PackCommitGraph graph,
            Tips tips,
            ObjectDatabase database,
            ObjectReader reader,
            CommitPlaces commits)
            throws InterruptedException, TooMuchException {
        var trees =
                new PackTreeIndex(reader, links, byBlob.keySet(), this::limit, scan::isCancelled);
        Map<Spot, Trace> traces = new HashMap<>();
        Set<ObjectId> traced = new HashSet<>();
        for (int commit : graph.parentsFirst()) {
            List<Held> here = trees.held(graph.tree(commit));
            List<List<Held>> before = new ArrayList<>(2);
            boolean changed = false;
            for (int parent : graph.parents(commit).toArray()) {
                List<Held> held = trees.held(graph.tree(parent));
                before.add(held);
                changed |= !held.equals(here);
            }
            boolean begins = before.isEmpty() && !here.isEmpty();
            if (changed || begins || graph.isEnd(commit)) {
                here.forEach(file -> traced.add(file.blob()));
                List<Map<Spot, ObjectId>> spotsBefore = new ArrayList<>(before.size());
                for (List<Held> files : before) {
                    spotsBefore.add(spots(files, byBlob));
                }
                trace(commit, spots(here, byBlob), spotsBefore, graph, traces);
                requireFew(traces.size());
            }
        }
        List<Sighting> places = new ArrayList<>();
        for (var entry : traces.entrySet()) {
            Cancellation.check(scan::isCancelled);
            place(entry.getKey(), entry.getValue(), byBlob, graph, commits, places);
        }
        Map<ObjectId, List<Sighting>> untraced = new HashMap<>(byBlob);
        untraced.keySet().removeAll(traced);
        if (!untraced.isEmpty()) {
            places.addAll(reached(untraced, tips, database));
        }
        return places;
    }

    /// What lies at no path that is known, but where refs lead all the same: past every commit, or beyond a limit.
    private List<Sighting> reached(
            Map<ObjectId, List<Sighting>> untraced, Tips tips, ObjectDatabase database)
            throws InterruptedException {
        Reachable reachable =
                Reachable.from(
                        tips.all(),
                        database,
                        location.shallow(Tips.ids(location), Problems.TOLD_ALREADY),
                        (_, _, _) -> {},
                        scan::isCancelled);
        List<Sighting> reached = new ArrayList<>();
        untraced.forEach((blob, sightings) -> {
            if (reachable.contains(blob)) {
                reached.addAll(sightings);
            }
        });
        return reached;
    }

    private static Map<Spot, ObjectId> spots(List<Held> files, Map<ObjectId, List<Sighting>> byBlob)
            throws TooMuchException {
        Map<Spot, ObjectId> spots = new HashMap<>();
        for (Held file : files) {
            for (Sighting sighting : byBlob.getOrDefault(file.blob(), List.of())) {
                spots.put(spot(sighting, file.path()), file.blob());
            }
            requireFew(spots.size());
        }
        return spots;
    }

    private static void requireFew(int spots) throws TooMuchException {
        if (spots > MAX_SPOTS) {
            throw new TooMuchException(
                    "more than " + MAX_SPOTS + " places, so that who introduced what is not told");
        }
    }

    private static Spot spot(Sighting sighting, String path) {
        return new Spot(sighting.token().id(), Place.of(sighting.provenance()).inner(), path);
    }

    private static void trace(
            int commit,
            Map<Spot, ObjectId> here,
            List<Map<Spot, ObjectId>> before,
            PackCommitGraph graph,
            Map<Spot, Trace> traces) {
        boolean isHead = graph.isHead(commit);
        boolean isEnd = graph.isEnd(commit);
        here.forEach((spot, blob) -> {
            Trace trace = traces.computeIfAbsent(spot, _ -> new Trace());
            trace.inHead |= isHead;
            trace.atEnd |= isEnd;
            if (isEnd && trace.ends.size() < CommitPlaces.MAX_BRANCHES) {
                trace.ends.add(commit);
            }
            if (trace.introduced < 0
                    && before.stream().noneMatch(state -> state.containsKey(spot))) {
                trace.introduced = commit;
                trace.blob = Optional.of(blob);
            }
        });
        for (Map<Spot, ObjectId> state : before) {
            for (Spot spot : state.keySet()) {
                if (!here.containsKey(spot)) {
                    Trace trace = traces.computeIfAbsent(spot, _ -> new Trace());
                    if (trace.removed < 0 || outranks(commit, trace.removed, graph)) {
                        trace.removed = commit;
                    }
                }
            }
        }
    }

    /// Whether `later`, which comes after `earlier` among parents-first commits, tells better who removed something.
    /// What happened on the way to `HEAD` goes first; then a merge, which mostly takes over what one side did, goes last.
    private static boolean outranks(int later, int earlier, PackCommitGraph graph) {
        boolean laterInHead = graph.isInHead(later);
        if (laterInHead != graph.isInHead(earlier)) {
            return laterInHead;
        }
        return !graph.isMerge(later) || graph.isMerge(earlier);
    }

    private void place(
            Spot spot,
            Trace trace,
            Map<ObjectId, List<Sighting>> byBlob,
            PackCommitGraph graph,
            CommitPlaces commits,
            List<Sighting> places) {
        if (trace.blob.isEmpty() || !isWanted(spot.path())) {
            return;
        }
        ObjectId blob = trace.blob.get();
        ObjectId commit = graph.id(trace.introduced);
        boolean isRemoved =
                trace.removed >= 0
                        && !trace.inHead
                        && (!trace.atEnd || graph.isInHead(trace.removed));
        List<ObjectId> ends = new ArrayList<>();
        trace.ends.forEach(end -> ends.add(graph.id(end)));
        for (Sighting sighting : byBlob.getOrDefault(blob, List.of())) {
            if (spot(sighting, spot.path()).equals(spot)) {
                places.add(
                        commits.file(
                                sighting,
                                spot.path(),
                                blob,
                                commit,
                                isRemoved
                                        ? Optional.of(graph.id(trace.removed).name())
                                        : Optional.empty(),
                                trace.inHead,
                                ends));
            }
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
