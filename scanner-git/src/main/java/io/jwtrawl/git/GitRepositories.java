package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Sighting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The repositories of one scan: makes a crawler for each, and tells which commits their findings came and went with.
public final class GitRepositories implements Attribution {

    private final PathFilter filter;
    private final Map<Path, GitRepository> byFolder = new ConcurrentHashMap<>();
    private final Set<Path> taken = ConcurrentHashMap.newKeySet();

    /// @param filter which paths of a repository findings are wanted from
    public GitRepositories(PathFilter filter) {
        this.filter = filter;
    }

    /// The crawler for the history of the repository whose Git folder, `.git` file or worktree is at `path`; empty if
    /// there is none. Asked for the same repository again, it gives a crawler with nothing to do.
    public Optional<Crawler> crawlerFor(Path path) {
        return GitRepository.at(path)
                .map(repository -> {
                    byFolder.putIfAbsent(repository.folder(), repository);
                    return taken.add(identity(repository))
                            ? new HistoryCrawler(repository)
                            : _ -> {};
                });
    }

    /// The crawler for what is staged in the repository at `path`; empty if there is none.
    public Optional<StagedCrawler> stagedAt(Path path) {
        return GitRepository.at(path)
                .map(repository -> {
                    byFolder.putIfAbsent(repository.folder(), repository);
                    return new StagedCrawler(repository, filter);
                });
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

    /// What reports say of the repositories that crawlers were made for.
    public List<RepositoryInfo> seen() {
        return byFolder.values().stream()
                .sorted(Comparator.comparing(repository -> repository.folder().toString()))
                .map(RepositoryInfo::of)
                .toList();
    }

    @Override
    public List<Sighting> attribute(List<Sighting> sightings, Consumer<Incident> incidents) {
        List<Sighting> attributed = new ArrayList<>();
        Map<Path, List<Sighting>> byRepository = new LinkedHashMap<>();
        for (Sighting sighting : sightings) {
            if (sighting.provenance().outermost()
                    instanceof Provenance.GitObject(var folder, _, _)) {
                byRepository.computeIfAbsent(folder, _ -> new ArrayList<>()).add(sighting);
            } else {
                attributed.add(sighting);
            }
        }
        byRepository.forEach(
                (folder, found) -> attributed.addAll(attribute(folder, found, incidents)));
        return attributed;
    }

    private List<Sighting> attribute(
            Path folder, List<Sighting> found, Consumer<Incident> incidents) {
        GitRepository location = byFolder.get(folder);
        if (location == null) {
            return found;
        }
        try (var repository = location.open()) {
            return new HistoryAttribution(folder, repository, filter, incidents).attribute(found);
        } catch (IOException | RuntimeException e) {
            incidents.accept(
                    new Incident.Unreadable(
                            new Provenance.LocalFile(folder, location.gitFolder()),
                            "cannot tell who introduced what: " + e));
            return found;
        }
    }

    /// Linked worktrees share one object store.
    private static Path identity(GitRepository repository) {
        try (var opened = repository.open()) {
            return opened.getCommonDirectory().toPath().toRealPath();
        } catch (IOException | RuntimeException e) {
            return repository.gitFolder(); // the crawler will say what is wrong with it
        }
    }
}
