package io.jwtrawl.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where Git keeps the parts of the repository that it runs a hook for: `git commit -a` and `git commit FILE` make up the
/// commit in an index of their own.
///
/// @param gitFolder relative to the current folder
/// @param worktree relative to the current folder
/// @param index relative to the worktree
/// @param objects folders with more objects, such as those that a push brings and that are not accepted yet; relative to
///     the current folder
record GitEnvironment(
        Optional<Path> gitFolder,
        Optional<Path> worktree,
        Optional<Path> index,
        List<Path> objects) {

    static final GitEnvironment NONE = of(Map.of());

    static GitEnvironment of(Map<String, String> environment) {
        return new GitEnvironment(
                path(environment, "GIT_DIR"),
                path(environment, "GIT_WORK_TREE"),
                path(environment, "GIT_INDEX_FILE"),
                objects(environment));
    }

    private static List<Path> objects(Map<String, String> environment) {
        Set<Path> folders = new LinkedHashSet<>();
        path(environment, "GIT_QUARANTINE_PATH").ifPresent(folders::add);
        path(environment, "GIT_OBJECT_DIRECTORY").ifPresent(folders::add);
        for (String folder :
                environment
                        .getOrDefault("GIT_ALTERNATE_OBJECT_DIRECTORIES", "")
                        .split(File.pathSeparator)) {
            if (!folder.isEmpty()) {
                folders.add(OptionValues.toPath(unquoted(folder)));
            }
        }
        return List.copyOf(folders);
    }

    /// Git quotes a folder whose name holds what separates folders.
    private static String unquoted(String folder) {
        return folder.length() > 1 && folder.startsWith("\"") && folder.endsWith("\"")
                ? folder.substring(1, folder.length() - 1).replaceAll("\\\\(.)", "$1")
                : folder;
    }

    private static Optional<Path> path(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isEmpty())
                .map(OptionValues::toPath);
    }
}
