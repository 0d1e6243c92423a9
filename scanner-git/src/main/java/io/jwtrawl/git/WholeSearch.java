package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.git.objects.Links;
import io.jwtrawl.git.objects.ObjectDatabase;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.token.Sighting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Searches all of a history, and what is staged.
final class WholeSearch implements RepositorySearch {

    private final GitRepository location;
    private final ObjectReading reading;
    private final PathFilter filter;
    private final RepositorySink.Shared sink;
    private final boolean allObjects;

    /// What commits and trees name, if something was found in a file; taken by whoever tells where that came from.
    private Optional<Links> links = Optional.empty();

    /// @param sink what all that is crawled is pushed through
    /// @param allObjects whether that is wanted too which nothing leads to
    WholeSearch(
            GitRepository location,
            ObjectReading reading,
            PathFilter filter,
            RepositorySink.Shared sink,
            boolean allObjects) {
        this.location = location;
        this.reading = reading;
        this.filter = filter;
        this.sink = sink;
        this.allObjects = allObjects;
    }

    @Override
    public Crawler crawler() {
        return this::crawl;
    }

    private void crawl(BlobSink part) throws InterruptedException {
        switch (reading) {
            case PACKS ->
                    new PackHistoryCrawler(location, sink, this::keep, allObjects).crawl(part);
            case JGIT -> {
                var reachable = new HistoryCrawler(location);
                reachable.crawl(part);
                if (allObjects) {
                    new UnreachedCrawler(location, _ -> true, id -> !reachable.hasMet(id))
                            .crawl(part);
                }
            }
        }
        for (GitRepository worktree : location.worktrees()) {
            new IndexCrawler(worktree, filter).crawl(part);
        }
    }

    private synchronized void keep(Links known) {
        links = Optional.of(known);
    }

    private synchronized Optional<Links> take() {
        Optional<Links> taken = links;
        links = Optional.empty();
        return taken;
    }

    @Override
    public List<Sighting> attribute(GitRepository home, List<Sighting> found, Attribution.Scan scan)
            throws IOException, InterruptedException, PathLists.TooMuchException {
        Optional<Links> known = take();
        try {
            return attribute(home, found, scan, known);
        } finally {
            if (known.isPresent()) {
                known.get().close();
            }
        }
    }

    private List<Sighting> attribute(
            GitRepository home, List<Sighting> found, Attribution.Scan scan, Optional<Links> known)
            throws IOException, InterruptedException, PathLists.TooMuchException {
        Set<ObjectId> commits = allObjects ? commits(home) : Set.of();
        var view = new WholeHistory(reading, true, known, commits);
        var shown = new HistoryAttribution(home, filter, scan, view);
        HistoryAttribution.Outcome outcome = shown.attribute(found);
        List<Sighting> attributed = new ArrayList<>(outcome.places());
        List<Sighting> left = outcome.left();
        if (left.isEmpty()) {
            return attributed;
        }
        HistoryAttribution last = shown;
        if (reading == ObjectReading.JGIT) {
            // What a replacement or a graft hides is told as if there were none.
            last =
                    new HistoryAttribution(
                            home,
                            filter,
                            scan,
                            new WholeHistory(reading, false, Optional.empty(), commits));
            outcome = last.attribute(left);
            attributed.addAll(outcome.places());
            left = outcome.left();
        }
        attributed.addAll(allObjects ? last.describe(left) : last.reached(blobs(left)));
        return attributed;
    }

    /// The text of a commit or tag that was left has nothing that leads to it: only of blobs this is not known yet.
    private static List<Sighting> blobs(List<Sighting> left) {
        List<Sighting> blobs = new ArrayList<>();
        for (Sighting sighting : left) {
            if (RepositorySearch.blob(sighting).isPresent()) {
                blobs.add(sighting);
            }
        }
        return blobs;
    }

    /// Where findings may have come from: any commit, also one that nothing leads to.
    private static Set<ObjectId> commits(GitRepository home) throws IOException {
        try (ObjectDatabase database = home.objects(Problems.TOLD_ALREADY)) {
            Set<ObjectId> commits = new HashSet<>();
            database.forEachCommit(commits::add);
            return commits;
        }
    }

    @Override
    public List<Sighting> withoutAttribution(List<Sighting> found) {
        return found;
    }
}
