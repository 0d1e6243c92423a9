package io.jwtrawl.cli;

import io.jwtrawl.files.FileAges;
import io.jwtrawl.files.FileCrawler;
import io.jwtrawl.files.NestedPlaces;
import io.jwtrawl.git.GitRepositories;
import io.jwtrawl.git.StagedCrawler;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathFilter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jwtrawl git`.
@Command(
        name = "git",
        header = "Search one Git repository: its history, what is staged, or its worktree.",
        footer = {
            "",
            "Examples:",
            "  jwtrawl git                 every commit that a branch or tag reaches",
            "  jwtrawl git --staged        what the next commit adds; for a pre-commit hook",
        })
final class GitCommand implements Callable<Integer> {

    /// What part of the repository is searched.
    static final class Part {
        @Option(
                names = "--history",
                description = "All that any ref reaches: files, commit and tag messages (default).")
        boolean history;

        @Option(names = "--staged", description = "What is staged and not in HEAD already.")
        boolean staged;

        @Option(names = "--worktree", description = "The files as they are now, ignored ones too.")
        boolean worktree;
    }

    @Parameters(
            paramLabel = "REPO",
            arity = "0..1",
            defaultValue = ".",
            description = "Default: the current folder.")
    Path repo = Path.of(".");

    @ArgGroup(multiplicity = "0..1")
    Part part = new Part();

    @Mixin ScanOptions options = new ScanOptions();

    @Override
    public Integer call() {
        PathFilter filter = options.filter();
        var repositories = new GitRepositories(filter);
        Path path =
                GitRepositories.enclosing(repo.toAbsolutePath().normalize())
                        .orElseThrow(() ->
                                new UsageException(
                                        repo + ": not a Git repository, nor inside one"));
        var run = new ScanRun(options, Terminal.detect(System.getenv()), System.err);
        Optional<Path> root = Optional.of(path);
        if (part.staged) {
            StagedCrawler staged =
                    repositories.stagedAt(path).orElseThrow(() -> notARepository(path));
            return run.run(List.of(staged), List.of(staged), repositories, root);
        }
        if (part.worktree) {
            Crawler files = new FileCrawler(path, filter.butNot(".git"), NestedPlaces.NONE);
            return run.run(List.of(files), List.of(new FileAges()), repositories, root);
        }
        Crawler history = repositories.crawlerFor(path).orElseThrow(() -> notARepository(path));
        return run.run(List.of(history), List.of(repositories), repositories, root);
    }

    private static UsageException notARepository(Path path) {
        return new UsageException(path + ": not a Git repository");
    }
}
