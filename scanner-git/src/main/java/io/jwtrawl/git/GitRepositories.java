package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.Place;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.git.objects.ObjectDatabase;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.PathText;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Sighting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The repositories of one scan: makes a crawler for each, and tells which commits their findings came and went with.
public final class GitRepositories implements Attribution {

    private final PathFilter filter;
    private final KnownRepositories known = new KnownRepositories();

    /// How each repository is searched, by [GitRepository#identity].
    private final Map<Path, RepositorySearch> searches = new ConcurrentHashMap<>();

    /// Where repositories were fetched from.
    private final Map<Path, URI> urls = new ConcurrentHashMap<>();

    private final Set<Path> taken = ConcurrentHashMap.newKeySet();

    /// What reports say of repositories that are no longer here.
    private final Map<Path, RepositoryInfo> gone = new ConcurrentHashMap<>();

    /// To be removed once what was found in them is attributed.
    private final Queue<Removal> removals = new ConcurrentLinkedQueue<>();

    private final Map<Path, RepositorySink.Shared> sinks = new ConcurrentHashMap<>();

    private final HeapGrowth heap = new HeapGrowth();
    private final HistorySelection selection;
    private final List<Path> borrowed;
    private final Optional<SearchState> state;

    /// Who reads the objects of all repositories; empty if that depends on each.
    private final Optional<ObjectReading> reading;

    private record Removal(Path folder, Runnable remove) {}

    /// @param filter which paths of a repository findings are wanted from
    public GitRepositories(PathFilter filter) {
        this(filter, HistorySelection.REACHABLE, List.of(), Optional.empty());
    }

    /// @param selection which part of each history is searched
    /// @param borrowed where more objects are than the repositories have
    /// @param state what earlier scans searched, which need not be searched again
    public GitRepositories(
            PathFilter filter,
            HistorySelection selection,
            List<Path> borrowed,
            Optional<SearchState> state) {
        this(filter, selection, borrowed, state, Optional.empty());
    }

    GitRepositories(
            PathFilter filter,
            HistorySelection selection,
            List<Path> borrowed,
            Optional<SearchState> state,
            Optional<ObjectReading> reading) {
        this.filter = filter;
        this.selection = selection;
        this.borrowed = borrowed;
        this.state = state;
        this.reading = reading;
    }

    /// The crawler for the history of the repository whose Git folder, `.git` file or worktree is at `path`; empty if
    /// there is none. Asked for the same repository again, it gives a crawler with nothing to do.
    public Optional<Crawler> crawlerFor(Path path) {
        return at(path).map(location -> {
            Path identity = known.add(location);
            if (!taken.add(identity)) {
                return _ -> {};
            }
            ObjectReading by = reading.orElseGet(() -> ObjectReading.of(location));
            var shared = new RepositorySink.Shared(location);
            RepositorySearch search = searchOf(location, identity, by, shared);
            searches.put(identity, search);
            sinks.put(identity, shared);
            return shared.around(search.crawler());
        });
    }

    private RepositorySearch searchOf(
            GitRepository location, Path identity, ObjectReading by, RepositorySink.Shared sink) {
        if (selection.isPartial()) {
            return new RangeSearch(
                    location,
                    by,
                    filter,
                    (refs, reader, _) -> CommitRange.of(selection, location, refs, reader));
        }
        return state.isPresent()
                ? new IncrementalSearch(
                        location,
                        by,
                        filter,
                        sink,
                        selection.allObjects(),
                        state.get().of(identity))
                : new WholeSearch(location, by, filter, sink, selection.allObjects());
    }

    private Optional<GitRepository> at(Path path) {
        return GitRepository.at(path).map(location -> location.borrowing(borrowed));
    }

    /// Lets reports call the repository in `folder` by where it was fetched from.
    public void name(Path folder, URI url) {
        urls.put(folder, url);
    }

    /// Lets `remove` take away the repository in `folder` once it is not looked into any more.
    public void removeWhenDone(Path folder, Runnable remove) {
        removals.add(new Removal(folder, remove));
    }

    /// The same report, with the URLs of repositories that were fetched.
    public ScanReport named(ScanReport report) {
        if (urls.isEmpty()) {
            return report;
        }
        return report.withFindings(report.findings().stream().map(this::named).toList());
    }

    private Finding named(Finding finding) {
        Place place = finding.place();
        return place.repository()
                .map(urls::get)
                .map(url -> finding.at(place.withUri(url)))
                .orElse(finding);
    }

    /// Why the part of the history that is wanted cannot be searched; empty if it can.
    public Optional<String> objection(Path path) {
        Optional<GitRepository> location = at(path);
        if (location.isEmpty() || !selection.isPartial()) {
            return Optional.empty();
        }
        try (ObjectSource source = location.get().objects(Problems.TOLD_ALREADY);
                ObjectSource.Reader reader = source.newReader()) {
            CommitRange.of(
                    selection,
                    location.get(),
                    Tips.of(location.get(), Problems.TOLD_ALREADY),
                    reader);
            return Optional.empty();
        } catch (RevisionException e) {
            return Optional.ofNullable(e.getMessage());
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // the crawl tells
        }
    }

    /// The crawler for what is staged in the repository at `path`; empty if there is none.
    ///
    /// @param index the file that says what is staged, if it is not the usual one; relative to the worktree
    public Optional<StagedCrawler> stagedAt(Path path, Optional<Path> index) {
        return at(path).map(location -> {
            known.add(location);
            Path indexFile =
                    index.map(location.folder()::resolve)
                            .orElseGet(() -> location.gitFolder().resolve("index"));
            return new StagedCrawler(location, indexFile, filter);
        });
    }

    /// What a remote is known to have, of the repository at `path`: those of `ids` that are here too, and what its branches
    /// lead to, as they were when they were fetched last.
    public static Set<String> known(Path path, List<String> ids, String remote) throws IOException {
        Set<String> known = new LinkedHashSet<>();
        Optional<GitRepository> location = GitRepository.at(path);
        if (location.isEmpty()) {
            return known;
        }
        try (ObjectDatabase database = location.get().objects(Problems.TOLD_ALREADY)) {
            for (String id : ids) {
                if (ObjectId.isId(id) && database.contains(ObjectId.fromString(id))) {
                    known.add(id);
                }
            }
        }
        String branches = "refs/remotes/" + remote + "/";
        Tips.of(location.get(), Problems.TOLD_ALREADY)
                .branches()
                .forEach((name, id) -> {
                    if (name.startsWith(branches)) {
                        known.add(id.name());
                    }
                });
        return known;
    }

    /// The worktree, or the bare repository, that `path` lies in.
    public static Optional<Path> enclosing(Path path) {
        for (Path folder = path; folder != null; folder = folder.getParent()) {
            if (GitRepository.at(folder).isPresent()) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    /// The worktree of the repository at `path`; empty if that is a bare one, or none.
    public static Optional<Path> worktreeAt(Path path) {
        return GitRepository.at(path)
                .filter(location -> !location.isBare())
                .map(GitRepository::folder);
    }

    /// What reports say of the repositories that crawlers were made for.
    public List<RepositoryInfo> seen() {
        return known.all()
                .sorted((one, other) ->
                        one.folder().toString().compareTo(other.folder().toString()))
                .map(this::info)
                .toList();
    }

    private RepositoryInfo info(GitRepository location) {
        RepositoryInfo known = gone.get(location.folder());
        return known == null ? RepositoryInfo.of(location) : known;
    }

    @Override
    public List<Sighting> attribute(List<Sighting> sightings, Scan scan) {
        List<Sighting> attributed = new ArrayList<>();
        List<Sighting> others = new ArrayList<>();
        Map<GitRepository, List<Sighting>> byHome = new LinkedHashMap<>();
        for (Sighting sighting : sightings) {
            known.home(sighting)
                    .ifPresentOrElse(
                            home ->
                                    byHome.computeIfAbsent(home, _ -> new ArrayList<>())
                                            .add(moved(sighting, home)),
                            () -> others.add(sighting));
        }
        var messages = new MessageCopies(known);
        byHome.forEach((home, found) -> {
            List<Sighting> places = attribute(home, found, scan);
            attributed.addAll(places);
            messages.add(home, places);
        });
        Set<StagedPlaces.Spot> committed = StagedPlaces.committed(attributed);
        others.stream()
                .filter(sighting -> !messages.isCopy(sighting))
                .filter(sighting -> !StagedPlaces.isAmong(committed, sighting))
                .filter(sighting -> !isKnown(sighting))
                .forEach(attributed::add);
        sinks.values().forEach(sink -> sink.tellMissing(scan));
        forget();
        return attributed;
    }

    /// Gives back what was kept to attribute findings; what is to be remembered stays.
    private void forget() {
        sinks.clear();
        searches.values().removeIf(search -> !(search instanceof IncrementalSearch));
        for (Removal removal = removals.poll(); removal != null; removal = removals.poll()) {
            Path folder = removal.folder();
            at(folder)
                    .ifPresent(
                            location -> gone.put(location.folder(), RepositoryInfo.of(location)));
            removal.remove().run();
        }
        heap.check();
    }

    private boolean isKnown(Sighting staged) {
        return staged.provenance().outermost() instanceof Provenance.StagedFile(var folder, _, _)
                && known.identity(folder)
                        .map(searches::get)
                        .filter(search -> search.isKnown(staged))
                        .isPresent();
    }

    /// Remembers what was searched and reported, now that the report is written. What was interrupted, or broke off, is
    /// searched again the next time.
    ///
    /// @throws IOException if the state cannot be written
    public void remember(ScanReport report) throws IOException {
        if (state.isEmpty() || report.interrupted()) {
            return;
        }
        Map<Path, List<Incident>> incidents = new HashMap<>();
        for (Incident incident : report.incidents()) {
            KnownRepositories.folder(incident.where())
                    .flatMap(known::identity)
                    .ifPresent(identity ->
                            incidents
                                    .computeIfAbsent(identity, _ -> new ArrayList<>())
                                    .add(incident));
        }
        Map<Path, Set<String>> fingerprints = new HashMap<>();
        for (Finding finding : report.findings()) {
            finding.place()
                    .repository()
                    .flatMap(known::identity)
                    .ifPresent(identity ->
                            fingerprints
                                    .computeIfAbsent(identity, _ -> new HashSet<>())
                                    .add(finding.fingerprint().hex()));
        }
        searches.forEach((identity, search) -> {
            if (search instanceof IncrementalSearch incremental) {
                state.get()
                        .remember(
                                identity,
                                incremental.memory(
                                        incidents.getOrDefault(identity, List.of()),
                                        fingerprints.getOrDefault(identity, Set.of())));
            }
        });
        state.get().save();
    }

    private static Sighting moved(Sighting sighting, GitRepository home) {
        var object = (Provenance.GitObject) sighting.provenance().outermost();
        return sighting.at(
                sighting.provenance()
                        .withOutermost(
                                new Provenance.GitObject(
                                        home.folder(), object.objectId(), object.type())),
                sighting.since());
    }

    private List<Sighting> attribute(GitRepository home, List<Sighting> found, Scan scan) {
        RepositorySearch search =
                searches.computeIfAbsent(
                        home.identity(),
                        identity ->
                                searchOf(
                                        home,
                                        identity,
                                        ObjectReading.of(home),
                                        new RepositorySink.Shared(home)));
        try {
            return search.attribute(home, found, scan);
        } catch (InterruptedException e) {
            // That the scan was cancelled is told elsewhere.
        } catch (PathLists.TooMuchException e) {
            scan.accept(
                    new Incident.Skipped(
                            home.provenance(home.gitFolder()), String.valueOf(e.getMessage())));
        } catch (OutOfMemoryError e) {
            scan.accept(
                    new Incident.Skipped(
                            home.provenance(home.gitFolder()),
                            "who introduced what: " + BlobReader.TOO_LARGE));
        } catch (IOException | RuntimeException e) {
            scan.accept(
                    new Incident.Unreadable(
                            home.provenance(home.gitFolder()),
                            PathText.escape("cannot tell who introduced what: " + e)));
        }
        return search.withoutAttribution(found);
    }
}
