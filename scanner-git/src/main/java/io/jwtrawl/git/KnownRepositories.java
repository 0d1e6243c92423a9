package io.jwtrawl.git;

import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Sighting;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The repositories that were met in a scan, from whichever of their worktrees.
final class KnownRepositories {

    /// Of the worktrees of one repository the main one first; the order in which threads meet them says nothing.
    private static final Comparator<GitRepository> MAIN_FIRST = KnownRepositories::mainFirst;

    /// The worktrees that were met, by [GitRepository#identity].
    private final Map<Path, Set<GitRepository>> met = new ConcurrentHashMap<>();

    /// What crawlers call a repository, and which it is.
    private final Map<Path, Path> byName = new ConcurrentHashMap<>();

    /// @return the repository's identity
    Path add(GitRepository location) {
        Path identity = location.identity();
        met.computeIfAbsent(identity, _ -> ConcurrentHashMap.newKeySet()).add(location);
        byName.put(location.commonName(), identity);
        return identity;
    }

    Stream<GitRepository> all() {
        return met.values().stream().flatMap(Collection::stream);
    }

    /// The worktrees that were met of a repository.
    Set<GitRepository> worktrees(Path identity) {
        return met.getOrDefault(identity, Set.of());
    }

    /// Which repository it is that a report calls `folder`.
    Optional<Path> identity(Path folder) {
        Path named = byName.get(folder);
        return named != null
                ? Optional.of(named)
                : met.entrySet().stream()
                        .filter(entry ->
                                entry.getValue().stream()
                                        .flatMap(location -> location.worktrees().stream())
                                        .anyMatch(location -> location.folder().equals(folder)))
                        .map(Map.Entry::getKey)
                        .findFirst();
    }

    /// What a report calls the repository that something is in; empty if that is none.
    static Optional<Path> folder(Provenance provenance) {
        Provenance.Outermost outermost = provenance.outermost();
        if (outermost instanceof Provenance.InRepository kept) {
            return Optional.of(kept.repository());
        }
        return outermost instanceof Provenance.LocalFile local
                ? Optional.of(local.root())
                : Optional.empty();
    }

    private static int mainFirst(GitRepository one, GitRepository other) {
        int order = Boolean.compare(one.isBare(), other.isBare());
        if (order == 0) {
            order = Boolean.compare(isLinked(one), isLinked(other));
        }
        return order != 0 ? order : one.folder().toString().compareTo(other.folder().toString());
    }

    private static boolean isLinked(GitRepository location) {
        return !location.gitFolder().equals(location.commonFolder());
    }

    /// The worktree that the repository of a Git object is looked at from.
    Optional<GitRepository> home(Sighting sighting) {
        return sighting.provenance().outermost() instanceof Provenance.GitObject(var name, _, _)
                ? Optional.ofNullable(byName.get(name))
                        .map(identity -> met.getOrDefault(identity, Set.of()))
                        .flatMap(locations -> locations.stream().min(MAIN_FIRST))
                : Optional.empty();
    }
}
