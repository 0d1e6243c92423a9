package io.jwtrawl.cli;

import static io.jwtrawl.cli.OptionValues.flag;

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
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.OptionGroup;
import org.apache.commons.cli.Options;

/// `jwtrawl git`.
final class GitCommand implements Command {

    private static final String HISTORY = "history";
    private static final String STAGED = "staged";
    private static final String WORKTREE = "worktree";

    @Override
    public String name() {
        return "git";
    }

    @Override
    public String header() {
        return "Search one Git repository: its history, what is staged, or its worktree.";
    }

    @Override
    public String operands() {
        return "[REPO]";
    }

    @Override
    public List<String> description() {
        return List.of("REPO is the repository. Default: the one around the current folder.");
    }

    @Override
    public List<String> examples() {
        return List.of(
                "jwtrawl git                 every commit that a branch or tag reaches",
                "jwtrawl git --staged        what the next commit adds; for a pre-commit hook");
    }

    @Override
    public Options options() {
        var options = new Options();
        options.addOptionGroup(
                new OptionGroup()
                        .addOption(
                                flag(
                                        HISTORY,
                                        "All that any ref reaches: files, commit and tag messages (default)."))
                        .addOption(flag(STAGED, "What is staged and not in HEAD already."))
                        .addOption(flag(WORKTREE, "The files as they are now, ignored ones too.")));
        ScanOptions.addTo(options);
        return options;
    }

    @Override
    public int run(CommandLine line) {
        if (line.getArgList().size() > 1) {
            throw new UsageException("one repository at a time, or `jwtrawl scan` for several");
        }
        Path repo = OptionValues.toPath(line.getArgList().isEmpty() ? "." : line.getArgs()[0]);
        var options = new ScanOptions(line);
        PathFilter filter = options.filter();
        var repositories = new GitRepositories(filter);
        Path path =
                GitRepositories.enclosing(repo.toAbsolutePath().normalize())
                        .orElseThrow(() ->
                                new UsageException(
                                        repo + ": not a Git repository, nor inside one"));
        var run = new ScanRun(options, Terminal.detect(System.getenv()), System.err);
        Optional<Path> root = Optional.of(path);
        if (line.hasOption(STAGED)) {
            StagedCrawler staged =
                    repositories.stagedAt(path).orElseThrow(() -> notARepository(path));
            return run.run(List.of(staged), List.of(staged), repositories, root);
        }
        if (line.hasOption(WORKTREE)) {
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
