package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.Fingerprint;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.Place;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Sighting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Searches what is new in a repository since earlier scans, and tells only what was never told: findings whose
/// fingerprints are new.
final class IncrementalSearch implements RepositorySearch {

    private static final int MAX_UNREAD = 10_000;

    private final GitRepository location;
    private final ObjectReading reading;
    private final PathFilter filter;
    private final RepositoryMemory before;
    private final Increment increment;
    private final WholeSearch whole;
    private final RangeSearch range;

    private final boolean allObjects;

    /// All objects that are there when the search begins, if all are wanted.
    private volatile Increment.ObjectListings listings = Increment.ObjectListings.NONE;

    /// @param sink what all that is crawled is pushed through
    IncrementalSearch(
            GitRepository location,
            ObjectReading reading,
            PathFilter filter,
            RepositorySink.Shared sink,
            boolean allObjects,
            RepositoryMemory before) {
        this.location = location;
        this.reading = reading;
        this.filter = filter;
        this.allObjects = allObjects;
        this.before = before;
        this.increment = Increment.of(location, before);
        this.whole = new WholeSearch(location, reading, filter, sink, allObjects);
        this.range =
                new RangeSearch(
                        location,
                        reading,
                        filter,
                        (_, reader, _) ->
                                new CommitRange(
                                        increment.begin(before, reader),
                                        before.tips(),
                                        Optional.empty()));
    }

    @Override
    public Crawler crawler() {
        return this::crawl;
    }

    private void crawl(BlobSink sink) throws InterruptedException {
        if (allObjects) {
            listings = Increment.ObjectListings.of(location);
        }
        if (increment.extent() == Increment.Extent.EVERYTHING) {
            whole.crawler().crawl(sink);
            return;
        }
        crawlNews(sink);
        if (allObjects) {
            new UnreachedCrawler(
                            location,
                            pack -> !before.packs().contains(pack),
                            id -> !before.loose().contains(id) && !range.hasSearched(id))
                    .crawl(sink);
        }
    }

    private void crawlNews(BlobSink sink) throws InterruptedException {
        if (increment.extent() == Increment.Extent.NOTHING) {
            // Tells again what is wrong with the refs.
            Problems problems = (file, why) -> sink.unreadable(location.provenance(file), why);
            Tips.of(location, problems);
            return;
        }
        range.crawler().crawl(sink);
        retry(sink);
        for (GitRepository worktree : location.worktrees()) {
            new IndexCrawler(worktree, filter).crawl(sink);
        }
    }

    /// What could not be read may be readable now.
    private void retry(BlobSink sink) throws InterruptedException {
        if (before.unread().isEmpty()) {
            return;
        }
        try (ObjectSource store = reading.open(location, Problems.TOLD_ALREADY);
                ObjectSource.Reader reader = store.newReader()) {
            for (ObjectId id : before.unread()) {
                var place =
                        new Provenance.GitObject(
                                location.commonName(), id.name(), GitObjectType.BLOB);
                BlobReader.push(reader, id, place, sink);
            }
        } catch (IOException e) {
            // Told by whoever looked for news.
        }
    }

    @Override
    public List<Sighting> attribute(GitRepository home, List<Sighting> found, Attribution.Scan scan)
            throws IOException, InterruptedException, PathLists.TooMuchException {
        if (increment.extent() == Increment.Extent.EVERYTHING) {
            return unknown(whole.attribute(home, found, scan));
        }
        List<Sighting> ofRange = new ArrayList<>();
        List<Sighting> others = new ArrayList<>();
        for (Sighting sighting : found) {
            boolean isOfRange =
                    sighting.provenance().outermost() instanceof Provenance.GitObject(_, var id, _)
                            && range.hasSearched(ObjectId.fromString(id));
            (isOfRange ? ofRange : others).add(sighting);
        }
        List<Sighting> attributed = new ArrayList<>();
        if (!ofRange.isEmpty()) {
            attributed.addAll(unknown(range.attribute(home, ofRange, scan)));
        }
        if (!others.isEmpty()) {
            attributed.addAll(unknown(whole.attribute(home, others, scan)));
        }
        return attributed;
    }

    @Override
    public List<Sighting> withoutAttribution(List<Sighting> found) {
        return increment.extent() == Increment.Extent.EVERYTHING
                ? unknown(found)
                : range.withoutAttribution(found);
    }

    @Override
    public boolean isKnown(Sighting sighting) {
        return before.findings()
                .contains(
                        Fingerprint.of(sighting.token().id(), Place.of(sighting.provenance()))
                                .hex());
    }

    private List<Sighting> unknown(List<Sighting> sightings) {
        return sightings.stream().filter(sighting -> !isKnown(sighting)).toList();
    }

    /// What to remember of the repository from now on.
    ///
    /// @param incidents what could not be searched of it
    /// @param reported fingerprints of what was found in it now
    RepositoryMemory memory(List<Incident> incidents, Set<String> reported) {
        Set<String> findings = new HashSet<>(before.findings());
        findings.addAll(reported);
        Set<ObjectId> unread = new HashSet<>();
        Set<ObjectId> holed = new HashSet<>();
        boolean isBroken = false;
        for (Incident incident : incidents) {
            switch (incident.where().outermost()) {
                case Provenance.GitObject(_, var id, var type) -> {
                    if (type == GitObjectType.BLOB) {
                        unread.add(ObjectId.fromString(id));
                    } else if (incident instanceof Incident.Unreadable) {
                        holed.add(ObjectId.fromString(id));
                    }
                }
                case Provenance.StagedFile(_, var id, _) -> unread.add(ObjectId.fromString(id));
                case Provenance _ -> isBroken = true;
            }
        }
        if (isBroken || unread.size() > MAX_UNREAD) {
            return RepositoryMemory.ofFindings(findings); // then all is searched again
        }
        boolean isSame = increment.extent() == Increment.Extent.NOTHING && !allObjects;
        if (isSame) {
            return before;
        }
        if (increment.extent() != Increment.Extent.EVERYTHING) {
            holed.addAll(before.holed()); // nothing of that can be read now
        }
        try (ObjectSource store = reading.open(location, Problems.TOLD_ALREADY);
                ObjectSource.Reader reader = store.newReader()) {
            return increment.memory(before, reader, unread, holed, listings, findings);
        } catch (IOException e) {
            return RepositoryMemory.ofFindings(findings);
        }
    }
}
