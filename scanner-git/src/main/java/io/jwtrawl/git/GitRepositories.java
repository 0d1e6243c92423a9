package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.git.objects.Links;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.PathText;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.TokenId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The repositories of one scan: makes a crawler for each, and tells which commits their findings came and went with.
public final class GitRepositories implements Attribution {

    /// Of the worktrees of one repository the main one first; the order in which threads meet them says nothing.
    private static final Comparator<GitRepository> MAIN_FIRST =
            Comparator.comparing(GitRepository::isBare)
                    .thenComparing(
                            location -> !location.gitFolder().equals(location.commonFolder()))
                    .thenComparing(location -> location.folder().toString());

    private final PathFilter filter;

    /// The worktrees that were met, by [GitRepository#identity].
    private final Map<Path, Set<GitRepository>> met = new ConcurrentHashMap<>();

    /// What crawlers call a repository, and which it is.
    private final Map<Path, Path> byName = new ConcurrentHashMap<>();

    private final Set<Path> taken = ConcurrentHashMap.newKeySet();

    /// What crawlers came to know of repositories in which they found something, by [GitRepository#identity].
    private final Map<Path, Links> links = new ConcurrentHashMap<>();

    /// @param filter which paths of a repository findings are wanted from
    public GitRepositories(PathFilter filter) {
        this.filter = filter;
    }

    /// The crawler for the history of the repository whose Git folder, `.git` file or worktree is at `path`; empty if
    /// there is none. Asked for the same repository again, it gives a crawler with nothing to do.
    public Optional<Crawler> crawlerFor(Path path) {
        return GitRepository.at(path)
                .map(location ->
                        taken.add(meet(location))
                                ? new HistoryCrawler(
                                        location, known -> links.put(location.identity(), known))
                                : _ -> {});
    }

    /// The crawler for what is staged in the repository at `path`; empty if there is none.
    ///
    /// @param index the file that says what is staged, if it is not the usual one; relative to the worktree
    public Optional<StagedCrawler> stagedAt(Path path, Optional<Path> index) {
        return GitRepository.at(path)
                .map(location -> {
                    meet(location);
                    Path indexFile =
                            index.map(location.folder()::resolve)
                                    .orElseGet(() -> location.gitFolder().resolve("index"));
                    return new StagedCrawler(location, indexFile, filter);
                });
    }

    private Path meet(GitRepository location) {
        Path identity = location.identity();
        met.computeIfAbsent(identity, _ -> ConcurrentHashMap.newKeySet()).add(location);
        byName.put(location.commonName(), identity);
        return identity;
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
        return met.values().stream()
                .flatMap(Collection::stream)
                .sorted(Comparator.comparing(location -> location.folder().toString()))
                .map(RepositoryInfo::of)
                .toList();
    }

    @Override
    public List<Sighting> attribute(List<Sighting> sightings, Scan scan) {
        List<Sighting> attributed = new ArrayList<>();
        List<Sighting> others = new ArrayList<>();
        Map<GitRepository, List<Sighting>> byHome = new LinkedHashMap<>();
        for (Sighting sighting : sightings) {
            home(sighting)
                    .ifPresentOrElse(
                            home ->
                                    byHome.computeIfAbsent(home, _ -> new ArrayList<>())
                                            .add(moved(sighting, home)),
                            () -> others.add(sighting));
        }
        Map<Path, Set<TokenId>> inMessages = new HashMap<>();
        byHome.forEach((home, found) -> {
            List<Sighting> places = attribute(home, found, scan);
            attributed.addAll(places);
            inMessages.put(home.identity(), tokensInMessages(places));
        });
        others.stream()
                .filter(sighting -> !isLeftOver(sighting, inMessages))
                .forEach(attributed::add);
        return attributed;
    }

    /// The worktree that the repository of a Git object is looked at from.
    private Optional<GitRepository> home(Sighting sighting) {
        return sighting.provenance().outermost() instanceof Provenance.GitObject(var name, _, _)
                ? Optional.ofNullable(byName.get(name))
                        .map(identity -> met.getOrDefault(identity, Set.of()))
                        .flatMap(locations -> locations.stream().min(MAIN_FIRST))
                : Optional.empty();
    }

    private static Sighting moved(Sighting sighting, GitRepository home) {
        var object = (Provenance.GitObject) sighting.provenance().outermost();
        return new Sighting(
                sighting.token(),
                sighting.provenance()
                        .withOutermost(
                                new Provenance.GitObject(
                                        home.folder(), object.objectId(), object.type())),
                sighting.position(),
                sighting.since());
    }

    private List<Sighting> attribute(GitRepository home, List<Sighting> found, Scan scan) {
        try {
            return new HistoryAttribution(
                            home, Optional.ofNullable(links.remove(home.identity())), filter, scan)
                    .attribute(found);
        } catch (InterruptedException e) {
            return found; // that the scan was cancelled is told elsewhere
        } catch (PathLists.TooMuchException e) {
            scan.accept(
                    new Incident.Skipped(
                            home.provenance(home.gitFolder()), String.valueOf(e.getMessage())));
            return found;
        } catch (OutOfMemoryError e) {
            scan.accept(
                    new Incident.Skipped(
                            home.provenance(home.gitFolder()),
                            "who introduced what: " + BlobReader.TOO_LARGE));
            return found;
        } catch (IOException | RuntimeException e) {
            scan.accept(
                    new Incident.Unreadable(
                            home.provenance(home.gitFolder()),
                            PathText.escape("cannot tell who introduced what: " + e)));
            return found;
        }
    }

    private static Set<TokenId> tokensInMessages(List<Sighting> places) {
        Set<TokenId> tokens = new HashSet<>();
        for (Sighting place : places) {
            if (place.provenance().outermost() instanceof Provenance.GitMessage) {
                tokens.add(place.token().id());
            }
        }
        return tokens;
    }

    /// Whether this is only Git's own copy of a message that is reported as such: the draft, and the log of what refs
    /// led to.
    private boolean isLeftOver(Sighting sighting, Map<Path, Set<TokenId>> inMessages) {
        if (!(sighting.provenance().outermost() instanceof Provenance.LocalFile(_, var file))) {
            return false;
        }
        for (var entry : inMessages.entrySet()) {
            if (entry.getValue().contains(sighting.token().id())) {
                for (GitRepository location : met.getOrDefault(entry.getKey(), Set.of())) {
                    Path common = location.commonFolder();
                    if (file.startsWith(common) && isCopyOfMessage(common.relativize(file))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isCopyOfMessage(Path inGitFolder) {
        Path own =
                inGitFolder.startsWith("worktrees") && inGitFolder.getNameCount() > 2
                        ? inGitFolder.subpath(2, inGitFolder.getNameCount())
                        : inGitFolder;
        return own.startsWith("logs")
                || own.equals(Path.of("COMMIT_EDITMSG"))
                || own.equals(Path.of("MERGE_MSG"))
                || own.equals(Path.of("TAG_EDITMSG"));
    }
}
