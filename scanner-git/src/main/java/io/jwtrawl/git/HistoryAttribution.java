package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.git.TreeIndex.Held;
import io.jwtrawl.source.Authorship;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.PathText;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.source.Provenance.GitObject;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.TokenId;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/// Tells for tokens found in the objects of one repository at which paths they lay, and with which commits they came
/// and went.
///
/// A token at a path is one place, however many versions of the file held it. It came with the first commit that has it
/// there while no parent has, and the place is described as that commit had it. It went with the last commit that does
/// not have it while a parent has.
final class HistoryAttribution {

    /// Tokens at paths, followed through history or held by one commit.
    private static final int MAX_SPOTS = 1_000_000;

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

    /// A token, in containers within a file of its own, at a path.
    private record Spot(TokenId token, Provenance withinFile, String path) {}

    /// What is known of a spot so far; commits by their numbers, or -1.
    private static final class Trace {
        int introduced = -1;
        int removed = -1;

        /// The version of the file that came with `introduced`.
        ObjectId blob = ObjectId.zeroId();

        boolean inHead;
        boolean atEnd;
    }

    List<Sighting> attribute(List<Sighting> sightings)
            throws IOException, InterruptedException, TreeIndex.TooMuchException {
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
        try (ObjectStore store = view.open(location);
                ObjectReader reader = store.newReader()) {
            CommitGraph graph =
                    CommitGraph.read(
                            view.refs(location, reader, Problems.TOLD_ALREADY),
                            store,
                            scan::isCancelled);
            for (Sighting message : messages) {
                attributed.add(attributeMessage(message, graph, reader));
            }
            if (!byBlob.isEmpty()) {
                attributed.addAll(attributeBlobs(byBlob, graph, reader));
            }
        }
        return attributed;
    }

    private Sighting attributeMessage(Sighting sighting, CommitGraph graph, ObjectReader reader) {
        GitObject object = (GitObject) sighting.provenance().outermost();
        ObjectId id = ObjectId.fromString(object.objectId());
        try {
            byte[] raw = reader.open(id).getCachedBytes();
            Person person =
                    object.type() == GitObjectType.TAG
                            ? Person.taggerOf(raw)
                            : Person.authorOf(raw);
            var place =
                    new Provenance.GitMessage(
                            location.folder(),
                            object.objectId(),
                            object.type(),
                            authorship(id, person),
                            graph.isInHead(id));
            return moved(sighting, place, person.when());
        } catch (IOException | RuntimeException e) {
            scan.accept(
                    new Incident.Unreadable(object, "cannot tell who wrote it: " + describe(e)));
            return sighting;
        }
    }

    private List<Sighting> attributeBlobs(
            Map<ObjectId, List<Sighting>> byBlob, CommitGraph graph, ObjectReader reader)
            throws InterruptedException, TreeIndex.TooMuchException {
        var trees = new TreeIndex(reader, byBlob.keySet(), this::limit, scan::isCancelled);
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
            place(entry.getKey(), entry.getValue(), byBlob, graph, reader, places);
        }
        byBlob.forEach((blob, sightings) -> {
            if (!traced.contains(blob)) {
                places.addAll(sightings); // a ref leads to it past every commit
            }
        });
        return places;
    }

    private static Map<Spot, ObjectId> spots(List<Held> files, Map<ObjectId, List<Sighting>> byBlob)
            throws TreeIndex.TooMuchException {
        Map<Spot, ObjectId> spots = new HashMap<>();
        for (Held file : files) {
            for (Sighting sighting : byBlob.getOrDefault(file.blob(), List.of())) {
                spots.put(spot(sighting, file.path()), file.blob());
            }
            requireFew(spots.size());
        }
        return spots;
    }

    private static void requireFew(int spots) throws TreeIndex.TooMuchException {
        if (spots > MAX_SPOTS) {
            throw new TreeIndex.TooMuchException(
                    "more than " + MAX_SPOTS + " places, so that who introduced what is not told");
        }
    }

    private static Spot spot(Sighting sighting, String path) {
        return new Spot(
                sighting.token().id(),
                sighting.provenance().withOutermost(new Provenance.StandardInput()),
                path);
    }

    private void trace(
            int commit,
            Map<Spot, ObjectId> here,
            List<Map<Spot, ObjectId>> before,
            CommitGraph graph,
            Map<Spot, Trace> traces) {
        boolean isHead = graph.isHead(commit);
        boolean isEnd = graph.isEnd(commit);
        here.forEach((spot, blob) -> {
            Trace trace = traces.computeIfAbsent(spot, _ -> new Trace());
            trace.inHead |= isHead;
            trace.atEnd |= isEnd;
            if (trace.introduced < 0
                    && view.introduces(graph.id(commit))
                    && before.stream().noneMatch(state -> state.containsKey(spot))) {
                trace.introduced = commit;
                trace.blob = blob;
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
    private static boolean outranks(int later, int earlier, CommitGraph graph) {
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
            CommitGraph graph,
            ObjectReader reader,
            List<Sighting> places) {
        if (trace.introduced < 0 || !isWanted(spot.path())) {
            return;
        }
        ObjectId commit = graph.id(trace.introduced);
        boolean isRemoved =
                trace.removed >= 0
                        && !trace.inHead
                        && (!trace.atEnd || graph.isInHead(trace.removed));
        Person author = Person.NOBODY;
        Optional<Instant> since = Optional.empty();
        try {
            // Of a million commits few are shown: these are read again.
            byte[] raw = reader.open(commit, Constants.OBJ_COMMIT).getCachedBytes();
            author = Person.authorOf(raw);
            since = Person.committerOf(raw).when();
        } catch (IOException | RuntimeException e) {
            scan.accept(
                    new Incident.Unreadable(
                            new GitObject(location.folder(), commit.name(), GitObjectType.COMMIT),
                            "cannot tell who wrote it: " + describe(e)));
        }
        var history =
                new Provenance.History(
                        authorship(commit, author),
                        isRemoved ? Optional.of(graph.id(trace.removed).name()) : Optional.empty(),
                        trace.inHead);
        var file =
                new Provenance.CommittedFile(
                        location.folder(), trace.blob.name(), spot.path(), history);
        for (Sighting sighting : byBlob.getOrDefault(trace.blob, List.of())) {
            if (spot(sighting, spot.path()).equals(spot)) {
                places.add(moved(sighting, file, since));
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

    private static Sighting moved(
            Sighting sighting, Provenance outermost, Optional<Instant> since) {
        return sighting.at(sighting.provenance().withOutermost(outermost), since);
    }

    private static Authorship authorship(ObjectId id, Person person) {
        return new Authorship(
                id.name(),
                PathText.escape(person.name()),
                PathText.escape(person.email()),
                person.when());
    }

    private void limit(ObjectId tree, String limit) {
        scan.accept(
                new Incident.Skipped(
                        new GitObject(location.folder(), tree.name(), GitObjectType.TREE), limit));
    }

    private static String describe(Exception problem) {
        return PathText.escape(String.valueOf(BlobReader.explained(problem).getMessage()));
    }
}
