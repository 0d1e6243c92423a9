package io.jwtrawl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files and folders that a scan was told to search, each once: what another one holds is not searched twice.
final class Targets {

    private record Target(Path path, Path real) {}

    private final boolean wholeFolders;
    private final List<Target> targets = new ArrayList<>();

    /// @param wholeFolders whether everything in a folder is searched, so that what lies in one need not be named
    Targets(boolean wholeFolders) {
        this.wholeFolders = wholeFolders;
    }

    void add(Path path) {
        var added = new Target(path, real(path));
        if (targets.stream().anyMatch(target -> covers(target, added))) {
            return;
        }
        targets.removeIf(target -> covers(added, target));
        targets.add(added);
    }

    List<Path> paths() {
        return targets.stream().map(Target::path).toList();
    }

    /// The folder that all paths in a report are relative to, if there is one.
    Optional<Path> root() {
        return targets.size() == 1 && Files.isDirectory(targets.getFirst().path())
                ? Optional.of(targets.getFirst().path())
                : Optional.empty();
    }

    /// A pipe in a folder is only read if it is named itself.
    private boolean covers(Target outer, Target inner) {
        return inner.real().equals(outer.real())
                || (wholeFolders
                        && inner.real().startsWith(outer.real())
                        && (Files.isRegularFile(inner.real()) || Files.isDirectory(inner.real())));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path; // whoever searches it says why it cannot be read
        }
    }

    /// The worktree that `folder` is a part of, without being the whole of it.
    static Optional<Path> repositoryAround(Path folder) {
        if (!Files.isDirectory(folder)
                || Files.exists(folder.resolve(".git"))
                || Files.exists(folder.resolve("HEAD"))) {
            return Optional.empty();
        }
        for (Path above = folder.getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above.resolve(".git").resolve("HEAD"))
                    || Files.isRegularFile(above.resolve(".git"))) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }
}
