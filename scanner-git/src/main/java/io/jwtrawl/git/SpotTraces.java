package io.jwtrawl.git;

import io.jwtrawl.finding.Place;
import io.jwtrawl.git.PathLists.Held;
import io.jwtrawl.git.PathLists.TooMuchException;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.TokenId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Follows tokens at paths through a history, commit by commit. What a commit has as its parents have it is not looked at:
/// the lists of both are compared from both ends, and only what lies between may have come or gone.
final class SpotTraces {

    /// Tokens at paths, followed through history or held by one commit.
    private static final int MAX_SPOTS = 1_000_000;

    private final CommitGraph graph;
    private final HistoryView view;
    private final Map<ObjectId, List<Found>> found = new HashMap<>();
    private final Map<Spot, Trace> traces = new LinkedHashMap<>();
    private final Set<ObjectId> traced = new HashSet<>();

    SpotTraces(Map<ObjectId, List<Sighting>> byBlob, CommitGraph graph, HistoryView view) {
        this.graph = graph;
        this.view = view;
        for (Map.Entry<ObjectId, List<Sighting>> blob : byBlob.entrySet()) {
            List<Found> list = new ArrayList<>(blob.getValue().size());
            for (Sighting sighting : blob.getValue()) {
                list.add(
                        new Found(
                                sighting,
                                sighting.token().id(),
                                Place.of(sighting.provenance()).inner()));
            }
            found.put(blob.getKey(), list);
        }
    }

    /// A token in a blob.
    ///
    /// @param containers within the file
    private record Found(Sighting sighting, TokenId token, List<String> containers) {}

    /// A token at a path, in containers within the file. In which disguise it stands there, and where, may change with any
    /// version of the file.
    private record Spot(TokenId token, List<String> containers, String path) {

        // Those that a record has by itself take milliseconds to make.

        @Override
        public boolean equals(Object other) {
            return other instanceof Spot spot
                    && path.equals(spot.path)
                    && token.equals(spot.token)
                    && containers.equals(spot.containers);
        }

        @Override
        public int hashCode() {
            return 31 * path.hashCode() + token.hashCode();
        }
    }

    /// What is known of a spot so far; commits by their numbers, or -1.
    static final class Trace {
        private final Spot spot;
        private int introduced = -1;
        private int removed = -1;

        /// The version of the file that came with `introduced`, and what of it is this spot.
        private ObjectId blob;

        private List<Sighting> sightings = List.of();
        private boolean inHead;
        private boolean atEnd;

        /// Commits that branches end with; some of them.
        private final List<Integer> ends = new ArrayList<>(1);

        private Trace(Spot spot, ObjectId blob) {
            this.spot = spot;
            this.blob = blob;
        }

        boolean isIntroduced() {
            return introduced >= 0;
        }

        String path() {
            return spot.path;
        }

        ObjectId blob() {
            return blob;
        }

        List<Sighting> sightings() {
            return sightings;
        }

        int introduced() {
            return introduced;
        }

        int removed() {
            return removed;
        }

        boolean isInHead() {
            return inHead;
        }

        List<Integer> ends() {
            return ends;
        }

        boolean isRemoved(CommitGraph graph) {
            return removed >= 0 && !inHead && (!atEnd || graph.isInHead(removed));
        }
    }

    /// In the order in which they came.
    Collection<Trace> traces() {
        return traces.values();
    }

    /// Whether a commit that was followed has the blob.
    boolean isTraced(ObjectId blob) {
        return traced.contains(blob);
    }

    /// Looks at what came and went with `commit`, all of whose parents were followed.
    void follow(int commit, TreeIndex trees) throws InterruptedException, TooMuchException {
        List<Held> here = trees.held(graph.tree(commit));
        int parents = graph.parentCount(commit);
        int from = 0; // what no parent has is in `here[from, to)`
        int to = here.size();
        List<Difference> differences = new ArrayList<>(parents);
        for (int i = 0; i < parents; i++) {
            List<Held> before = trees.held(graph.tree(graph.parent(commit, i)));
            if (!before.equals(here)) {
                var difference = new Difference(here, before);
                differences.add(difference);
                from = Math.max(from, difference.from);
                to = Math.min(to, difference.to);
                goneSince(commit, difference);
            } else {
                to = 0;
            }
        }
        if (from < to) {
            came(commit, here.subList(from, to), differences);
        }
        if (graph.isEnd(commit) || graph.isHead(commit)) {
            ended(commit, here);
        }
    }

    /// The parts of two lists between what both begin with and what both end with.
    private static final class Difference {
        final List<Held> here;
        final List<Held> before;
        final int from;
        final int to;
        final int toBefore;

        Difference(List<Held> here, List<Held> before) {
            this.here = here;
            this.before = before;
            int end = here.size();
            int endBefore = before.size();
            int same = 0;
            int least = Math.min(end, endBefore);
            while (same < least && here.get(same).equals(before.get(same))) {
                same++;
            }
            while (end > same
                    && endBefore > same
                    && here.get(end - 1).equals(before.get(endBefore - 1))) {
                end--;
                endBefore--;
            }
            from = same;
            to = end;
            toBefore = endBefore;
        }
    }

    /// @param parents how the commit differs from each of its parents
    private void came(int commit, List<Held> files, List<Difference> parents)
            throws TooMuchException {
        List<Set<Spot>> before = new ArrayList<>(parents.size());
        for (Difference parent : parents) {
            before.add(spots(parent.before.subList(parent.from, parent.toBefore)));
        }
        boolean introduces = view.introduces(graph.id(commit));
        for (Held file : files) {
            traced.add(file.blob());
            for (Found one : found.getOrDefault(file.blob(), List.of())) {
                var spot = new Spot(one.token, one.containers, file.path());
                Trace trace = trace(spot, file.blob());
                if (introduces && trace.introduced < 0 && !isAmong(before, spot)) {
                    trace.introduced = commit;
                    trace.blob = file.blob();
                    trace.sightings = new ArrayList<>(1);
                }
                if (trace.introduced == commit && trace.blob.equals(file.blob())) {
                    trace.sightings.add(one.sighting);
                }
            }
        }
    }

    private static boolean isAmong(List<Set<Spot>> states, Spot spot) {
        for (Set<Spot> state : states) {
            if (state.contains(spot)) {
                return true;
            }
        }
        return false;
    }

    private void goneSince(int commit, Difference difference) throws TooMuchException {
        if (difference.from == difference.toBefore) {
            return;
        }
        Set<Spot> here = spots(difference.here.subList(difference.from, difference.to));
        for (Held file : difference.before.subList(difference.from, difference.toBefore)) {
            for (Found one : found.getOrDefault(file.blob(), List.of())) {
                var spot = new Spot(one.token, one.containers, file.path());
                if (!here.contains(spot)) {
                    Trace trace = trace(spot, file.blob());
                    if (trace.removed < 0 || outranks(commit, trace.removed)) {
                        trace.removed = commit;
                    }
                }
            }
        }
    }

    private void ended(int commit, List<Held> here) throws TooMuchException {
        for (Held file : here) {
            for (Found one : found.getOrDefault(file.blob(), List.of())) {
                Trace trace = trace(new Spot(one.token, one.containers, file.path()), file.blob());
                trace.inHead |= graph.isHead(commit);
                if (graph.isEnd(commit)) {
                    trace.atEnd = true;
                    int count = trace.ends.size();
                    if (count < CommitPlaces.MAX_BRANCHES
                            && (count == 0 || trace.ends.get(count - 1) != commit)) {
                        trace.ends.add(commit);
                    }
                }
            }
        }
    }

    /// Whether `later`, which comes after `earlier` among parents-first commits, tells better who removed something.
    /// What happened on the way to `HEAD` goes first; then a merge, which mostly takes over what one side did, goes last.
    private boolean outranks(int later, int earlier) {
        boolean laterInHead = graph.isInHead(later);
        if (laterInHead != graph.isInHead(earlier)) {
            return laterInHead;
        }
        return !graph.isMerge(later) || graph.isMerge(earlier);
    }

    private Set<Spot> spots(List<Held> files) throws TooMuchException {
        Set<Spot> spots = new HashSet<>();
        for (Held file : files) {
            for (Found one : found.getOrDefault(file.blob(), List.of())) {
                spots.add(new Spot(one.token, one.containers, file.path()));
            }
            requireFew(spots.size());
        }
        return spots;
    }

    private Trace trace(Spot spot, ObjectId blob) throws TooMuchException {
        Trace trace = traces.get(spot);
        if (trace == null) {
            trace = new Trace(spot, blob);
            traces.put(spot, trace);
            requireFew(traces.size());
        }
        return trace;
    }

    private static void requireFew(int spots) throws TooMuchException {
        if (spots > MAX_SPOTS) {
            throw new TooMuchException(
                    "more than " + MAX_SPOTS + " places, so that who introduced what is not told");
        }
    }
}
