package io.jwtrawl.git;

import io.jwtrawl.finding.Incident;
import io.jwtrawl.source.Authorship;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.PathText;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.source.Provenance.GitObject;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.TokenId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTag;

/// Tells for tokens found in the objects of one repository at which paths they lay, and with which commits they came
/// and went.
///
/// A token at a path is one place, however many versions of the file held it. It came with the first commit that has it
/// there while no parent has, and the place is described as that commit had it. It went with the last commit that does
/// not have it while a parent has.
final class HistoryAttribution {

    private final Path folder;
    private final Repository repository;
    private final PathFilter filter;
    private final Consumer<Incident> incidents;

    HistoryAttribution(
            Path folder, Repository repository, PathFilter filter, Consumer<Incident> incidents) {
        this.folder = folder;
        this.repository = repository;
        this.filter = filter;
        this.incidents = incidents;
    }

    /// A token, in containers within a file of its own, at a path.
    private record Spot(TokenId token, Provenance withinFile, String path) {}

    /// What is known of a spot so far.
    private static final class Trace {
        Optional<Commit> introduced = Optional.empty();
        Optional<Commit> removed = Optional.empty();

        /// The version of the file that came with `introduced`.
        ObjectId blob = ObjectId.zeroId();

        boolean inHead;
        boolean inTip;
    }

    List<Sighting> attribute(List<Sighting> sightings) throws IOException {
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
        try (ObjectReader reader = repository.newObjectReader()) {
            CommitGraph graph = CommitGraph.read(repository, reader);
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
            Optional<PersonIdent> author =
                    Optional.ofNullable(
                            object.type() == GitObjectType.TAG
                                    ? RevTag.parse(raw).getTaggerIdent()
                                    : RevCommit.parse(raw).getAuthorIdent());
            Authorship authorship = authorship(id, author);
            var place =
                    new Provenance.GitMessage(
                            folder,
                            object.objectId(),
                            object.type(),
                            authorship,
                            graph.isInHead(id));
            return moved(sighting, place, authorship.authored());
        } catch (IOException | RuntimeException e) {
            incidents.accept(
                    new Incident.Unreadable(object, "cannot tell who wrote it: " + describe(e)));
            return sighting;
        }
    }

    private List<Sighting> attributeBlobs(
            Map<ObjectId, List<Sighting>> byBlob, CommitGraph graph, ObjectReader reader) {
        var states = new States(byBlob, new TreeIndex(reader, byBlob.keySet(), this::treeProblem));
        Map<Spot, Trace> traces = new HashMap<>();
        for (Commit commit : graph.parentsFirst()) {
            Map<Spot, ObjectId> here = states.at(commit);
            List<Map<Spot, ObjectId>> before = commit.parents().stream().map(states::at).toList();
            if (graph.isTip(commit) || !List.of(here).equals(before)) {
                trace(commit, here, before, graph, traces);
            }
        }
        List<Sighting> places = new ArrayList<>();
        traces.forEach((spot, trace) -> place(spot, trace, byBlob, graph, places));
        byBlob.forEach((blob, sightings) -> {
            if (!states.blobs.contains(blob)) {
                places.addAll(sightings); // a ref leads to it past every commit
            }
        });
        return places;
    }

    /// Which spots each commit holds, and in which blob. Equal states are one object: most commits change none.
    private static final class States {
        private final Map<ObjectId, List<Sighting>> byBlob;
        private final TreeIndex trees;
        private final Map<ObjectId, Map<Spot, ObjectId>> byTree = new HashMap<>();
        private final Map<Map<Spot, ObjectId>, Map<Spot, ObjectId>> distinct = new HashMap<>();
        final Set<ObjectId> blobs = new HashSet<>();

        States(Map<ObjectId, List<Sighting>> byBlob, TreeIndex trees) {
            this.byBlob = byBlob;
            this.trees = trees;
        }

        Map<Spot, ObjectId> at(Commit commit) {
            return byTree.computeIfAbsent(
                    commit.tree(),
                    tree -> {
                        Map<Spot, ObjectId> state = new HashMap<>();
                        for (TreeIndex.Held file : trees.held(tree)) {
                            for (Sighting sighting : byBlob.getOrDefault(file.blob(), List.of())) {
                                state.put(spot(sighting, file.path()), file.blob());
                            }
                            blobs.add(file.blob());
                        }
                        return distinct.computeIfAbsent(state, same -> same);
                    });
        }
    }

    private static Spot spot(Sighting sighting, String path) {
        return new Spot(
                sighting.token().id(),
                sighting.provenance().withOutermost(new Provenance.StandardInput()),
                path);
    }

    private static void trace(
            Commit commit,
            Map<Spot, ObjectId> here,
            List<Map<Spot, ObjectId>> before,
            CommitGraph graph,
            Map<Spot, Trace> traces) {
        boolean isHead = graph.isHead(commit);
        boolean isTip = graph.isTip(commit);
        here.forEach((spot, blob) -> {
            Trace trace = traces.computeIfAbsent(spot, _ -> new Trace());
            trace.inHead |= isHead;
            trace.inTip |= isTip;
            if (trace.introduced.isEmpty()
                    && before.stream().noneMatch(state -> state.containsKey(spot))) {
                trace.introduced = Optional.of(commit);
                trace.blob = blob;
            }
        });
        for (Map<Spot, ObjectId> state : before) {
            for (Spot spot : state.keySet()) {
                if (!here.containsKey(spot)) {
                    Trace trace = traces.computeIfAbsent(spot, _ -> new Trace());
                    if (trace.removed.isEmpty() || outranks(commit, trace.removed.get(), graph)) {
                        trace.removed = Optional.of(commit);
                    }
                }
            }
        }
    }

    /// Whether `later`, which comes after `earlier` among parents-first commits, tells better who removed something.
    /// What happened on the way to `HEAD` goes first; then a merge, which mostly takes over what one side did, goes last.
    private static boolean outranks(Commit later, Commit earlier, CommitGraph graph) {
        boolean laterInHead = graph.isInHead(later.id());
        if (laterInHead != graph.isInHead(earlier.id())) {
            return laterInHead;
        }
        return !later.isMerge() || earlier.isMerge();
    }

    private void place(
            Spot spot,
            Trace trace,
            Map<ObjectId, List<Sighting>> byBlob,
            CommitGraph graph,
            List<Sighting> places) {
        if (trace.introduced.isEmpty() || !filter.acceptsFile(Path.of(spot.path()))) {
            return;
        }
        Commit commit = trace.introduced.get();
        Optional<String> removedBy =
                trace.removed
                        .filter(removal ->
                                !trace.inHead && (!trace.inTip || graph.isInHead(removal.id())))
                        .map(removal -> removal.id().name());
        var history =
                new Provenance.History(
                        authorship(commit.id(), commit.author()), removedBy, trace.inHead);
        var file = new Provenance.CommittedFile(folder, trace.blob.name(), spot.path(), history);
        for (Sighting sighting : byBlob.getOrDefault(trace.blob, List.of())) {
            if (spot(sighting, spot.path()).equals(spot)) {
                places.add(moved(sighting, file, commit.committed()));
            }
        }
    }

    private static Sighting moved(Sighting sighting, Provenance outermost, Instant since) {
        return new Sighting(
                sighting.token(),
                sighting.provenance().withOutermost(outermost),
                sighting.position(),
                Optional.of(since));
    }

    private static Authorship authorship(ObjectId id, Optional<PersonIdent> person) {
        return new Authorship(
                id.name(),
                PathText.escape(person.map(PersonIdent::getName).orElse("")),
                PathText.escape(person.map(PersonIdent::getEmailAddress).orElse("")),
                person.map(PersonIdent::getWhenAsInstant).orElse(Instant.EPOCH));
    }

    private void treeProblem(ObjectId tree, Exception problem) {
        incidents.accept(
                new Incident.Unreadable(
                        new GitObject(folder, tree.name(), GitObjectType.TREE),
                        "cannot tell where its files lay: " + describe(problem)));
    }

    private static String describe(Exception problem) {
        return PathText.escape(String.valueOf(BlobReader.explained(problem).getMessage()));
    }
}
