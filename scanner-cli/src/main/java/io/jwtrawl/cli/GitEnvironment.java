package io.jwtrawl.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where Git keeps the parts of the repository that it runs a hook for: `git commit -a` and `git commit FILE` make up the
/// commit in an index of their own.
///
/// @param gitFolder relative to the current folder
/// @param worktree relative to the current folder
/// @param index relative to the worktree
record GitEnvironment(Optional<Path> gitFolder, Optional<Path> worktree, Optional<Path> index) {

    static final GitEnvironment NONE = of(Map.of());

    static GitEnvironment of(Map<String, String> environment) {
        return new GitEnvironment(
                path(environment, "GIT_DIR"),
                path(environment, "GIT_WORK_TREE"),
                path(environment, "GIT_INDEX_FILE"));
    }

    private static Optional<Path> path(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isEmpty())
                .map(OptionValues::toPath);
    }
}
