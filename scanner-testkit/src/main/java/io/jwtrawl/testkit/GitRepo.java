package io.jwtrawl.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A repository that the real `git` makes, with commits whose author and times are fixed.
public final class GitRepo {

    private final Path folder;
    private int madeCommits;

    private GitRepo(Path folder) {
        this.folder = folder;
    }

    /// An empty repository in `folder`, which is made if need be.
    ///
    /// @param options more arguments for `git init`
    public static GitRepo init(Path folder, String... options) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var repo = new GitRepo(folder);
        List<String> arguments =
                new ArrayList<>(List.of("init", "--quiet", "--initial-branch=main"));
        arguments.addAll(List.of(options));
        repo.git(arguments.toArray(String[]::new));
        repo.git("config", "commit.gpgsign", "false");
        return repo;
    }

    /// The repository, or the linked worktree, that is in `folder` already.
    public static GitRepo at(Path folder) {
        return new GitRepo(folder);
    }

    public Path folder() {
        return folder;
    }

    /// Writes a file of the worktree.
    public GitRepo write(String path, String content) {
        try {
            Path file = folder.resolve(path);
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /// Commits the whole worktree and returns the new commit's id. Each commit is a day after the one before.
    public String commit(String message) {
        git("add", "--all");
        git("commit", "--quiet", "--allow-empty", "-m", message);
        return head();
    }

    /// Writes one file and commits.
    public String commit(String path, String content) {
        write(path, content);
        return commit("Write " + path);
    }

    public String head() {
        return git("rev-parse", "HEAD").strip();
    }

    /// Runs git in the repository and returns its output.
    public String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return run(command, arguments[0].equals("commit") || arguments[0].equals("merge"));
    }

    /// Runs a line of shell in the repository and returns its output.
    public String shell(String line) {
        return run(List.of("sh", "-c", line), false);
    }

    private String run(List<String> command, boolean commits) {
        var builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        String date = String.format("2026-01-%02dT12:00:00Z", 1 + madeCommits % 28);
        if (commits) {
            madeCommits++;
        }
        builder.environment()
                .putAll(
                        Map.of(
                                "GIT_AUTHOR_NAME", "Ada Author",
                                "GIT_AUTHOR_EMAIL", "ada@example.org",
                                "GIT_AUTHOR_DATE", date,
                                "GIT_COMMITTER_NAME", "Carl Committer",
                                "GIT_COMMITTER_EMAIL", "carl@example.org",
                                "GIT_COMMITTER_DATE", date,
                                "GIT_CONFIG_GLOBAL", "/dev/null",
                                "GIT_CONFIG_SYSTEM", "/dev/null"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
