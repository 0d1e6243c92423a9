package io.jwtrawl.cli;

import io.jwtrawl.source.FailureText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where Git looks for hooks, and who else put some there.
///
/// @param path the folder of the scripts
/// @param isGlobal whether they are run for every repository of the user
/// @param isOurs whether JWTrawl made the folder
/// @param isHusky whether its scripts are files of the project, which all its developers have
record HookFolder(Path path, boolean isGlobal, boolean isOurs, boolean isHusky) {

    private static final String HOOKS_PATH = "core.hooksPath";

    /// The folder of the repository around `current`; Git says which.
    static HookFolder ofRepository(Path current) {
        Path folder =
                git(current, "rev-parse", "--git-path", "hooks")
                        .map(current::resolve)
                        .map(Path::normalize)
                        .orElseThrow(() -> new UsageException(current + ": not a Git repository"));
        // husky makes .husky/_ anew with every installation; the project's own scripts are above.
        boolean isHusky =
                folder.endsWith(".husky/_")
                        || (folder.endsWith(".husky") && !folder.startsWith(".git"));
        Path parent = folder.getParent();
        return new HookFolder(
                folder.endsWith(".husky/_") && parent != null ? parent : folder,
                false,
                false,
                isHusky);
    }

    /// The folder for all repositories of the user that have none of their own.
    static HookFolder global(Path current) {
        Path ours = ownGlobal();
        Path folder =
                git(current, "config", "--global", "--type=path", HOOKS_PATH)
                        .map(current::resolve)
                        .orElse(ours);
        return new HookFolder(folder, true, folder.equals(ours), false);
    }

    private static Path ownGlobal() {
        return UserFolder.CONFIG.path().resolve("hooks");
    }

    /// Lets Git use the folder for all repositories.
    void announce(Path current) {
        if (git(current, "config", "--global", HOOKS_PATH).isEmpty()) {
            git(current, "config", "--global", HOOKS_PATH, path.toString());
        }
    }

    /// Lets Git look for hooks where it did before.
    void withdraw(Path current) {
        if (git(current, "config", "--global", "--type=path", HOOKS_PATH)
                .filter(path.toString()::equals)
                .isPresent()) {
            git(current, "config", "--global", "--unset", HOOKS_PATH);
        }
    }

    /// What of others is at work here, and how they would run the hook themselves.
    List<String> neighbours(Path current) {
        List<String> notes = new ArrayList<>();
        Path top = git(current, "rev-parse", "--show-toplevel").map(Path::of).orElse(current);
        if (!isGlobal && Files.exists(top.resolve(".pre-commit-config.yaml"))) {
            notes.add("this project uses pre-commit: it can run the hook itself, see docs/hook.md");
        }
        for (String name :
                List.of("lefthook.yml", "lefthook.yaml", ".lefthook.yml", ".lefthook.yaml")) {
            if (!isGlobal && Files.exists(top.resolve(name))) {
                notes.add(
                        "this project uses lefthook, which may install its hooks anew: add the command"
                                + " `jwtrawl hook run` to "
                                + name
                                + ", see docs/hook.md");
                break;
            }
        }
        return notes;
    }

    /// What Git prints; empty if it fails.
    private static Optional<String> git(Path current, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(current.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .strip();
            return process.waitFor() == 0 && !output.isEmpty()
                    ? Optional.of(output)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UsageException("git cannot be run: " + FailureText.of(e), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the main thread", e);
        }
    }
}
