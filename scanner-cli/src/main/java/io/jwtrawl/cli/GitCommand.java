package io.jwtrawl.cli;

import static io.jwtrawl.cli.OptionValues.flag;
import static io.jwtrawl.cli.OptionValues.option;

import io.jwtrawl.files.FileAges;
import io.jwtrawl.files.FileCrawler;
import io.jwtrawl.files.NestedPlaces;
import io.jwtrawl.git.GitRepositories;
import io.jwtrawl.git.HistorySelection;
import io.jwtrawl.git.StagedCrawler;
import io.jwtrawl.git.remote.RemoteUrl;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathFilter;
import java.io.IOException;
import java.nio.file.Files;
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
    private static final String RECEIVED = "received";
    private static final String REPOS = "repos";

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
        return "[REPO|URL]";
    }

    @Override
    public List<String> description() {
        return List.of(
                "REPO is the repository. Default: the one around the current folder.",
                "URL is one on another machine, https://…, ssh://…, git://…, file://… or user@host:path. It is fetched"
                        + " with the credentials that Git would use, and nobody is asked.");
    }

    @Override
    public List<String> examples() {
        return List.of(
                "jwtrawl git                         all that any ref or log leads to",
                "jwtrawl git --range main..HEAD      what these commits brought in",
                "jwtrawl git --since '2 weeks ago'",
                "jwtrawl git --staged                what the next commit adds; for a pre-commit hook",
                "jwtrawl git https://git.example.org/app.git --cache ~/.cache/jwtrawl",
                "jwtrawl git --repos FILE            many repositories",
                "jwtrawl git --received              what a push brings; for a pre-receive hook");
    }

    @Override
    public Options options() {
        var options = new Options();
        options.addOptionGroup(
                new OptionGroup()
                        .addOption(
                                flag(
                                        HISTORY,
                                        "Files, commits, tags and notes, all that any ref or log leads to, and what"
                                                + " is staged (default)."))
                        .addOption(flag(STAGED, "What is staged and not in HEAD already."))
                        .addOption(flag(WORKTREE, "The files as they are now, ignored ones too."))
                        .addOption(
                                flag(
                                        RECEIVED,
                                        "What a push brings, by the lines that a pre-receive hook reads from"
                                                + " standard input.")));
        HistoryOptions.addTo(options);
        StateOption.addTo(options);
        options.addOption(
                option(
                        REPOS,
                        "FILE",
                        "Search all repositories that FILE names, a path or URL on each line."));
        FetchOptions.addTo(options);
        ScanOptions.addTo(options);
        return options;
    }

    @Override
    public int run(CommandLine line) throws IOException {
        if (line.getArgList().size() > 1) {
            throw new UsageException("one repository at a time, or `jwtrawl scan` for several");
        }
        var options = new ScanOptions(line);
        PathFilter filter = options.filter();
        HistorySelection selection = selection(line, options);
        String repo = line.getArgList().isEmpty() ? "." : line.getArgs()[0];
        Path current = Path.of("").toAbsolutePath();
        Optional<Path> list = new OptionValues(line).path(REPOS);
        if (list.isPresent() || isUrl(repo)) {
            return several(line, options, selection, list, repo);
        }
        FetchOptions.requireNone(line);
        Path target = current.resolve(OptionValues.toPath(repo)).normalize();
        // Git tells its hooks by these where the commit is made up; of another repository they say
        // nothing.
        var environment =
                target.equals(current) ? GitEnvironment.of(System.getenv()) : GitEnvironment.NONE;
        var repositories =
                new GitRepositories(
                        filter,
                        selection,
                        environment.objects().stream().map(current::resolve).toList(),
                        StateOption.open(line, options));
        Path path =
                environment
                        .gitFolder()
                        .map(current::resolve)
                        .or(() -> GitRepositories.enclosing(target))
                        .orElseThrow(() ->
                                new UsageException(
                                        repo + ": not a Git repository, nor inside one"));
        var run = new ScanRun(options, Terminal.detect(System.getenv()), System.err);
        if (line.hasOption(STAGED)) {
            Path worktree = worktree(path, environment);
            StagedCrawler staged =
                    repositories
                            .stagedAt(path, environment.index().map(worktree::resolve))
                            .orElseThrow(() -> notARepository(path));
            return run.run(List.of(staged), List.of(staged), repositories, Optional.of(path));
        }
        if (line.hasOption(WORKTREE)) {
            Path worktree = worktree(path, environment);
            Crawler files = new FileCrawler(worktree, filter.butNot(".git"), NestedPlaces.NONE);
            return run.run(
                    List.of(files), List.of(new FileAges()), repositories, Optional.of(worktree));
        }
        Crawler history = repositories.crawlerFor(path).orElseThrow(() -> notARepository(path));
        repositories
                .objection(path)
                .ifPresent(why -> {
                    throw new UsageException(why);
                });
        return run.run(List.of(history), List.of(repositories), repositories, Optional.of(path));
    }

    /// A URL has a colon; to look further takes time that a scan of what is here need not spend.
    private static boolean isUrl(String repo) {
        return repo.indexOf(':') > 0
                && !Files.exists(OptionValues.toPath(repo))
                && RemoteUrl.parse(repo).isPresent();
    }

    private static int several(
            CommandLine line,
            ScanOptions options,
            HistorySelection selection,
            Optional<Path> list,
            String url) {
        for (String mode : List.of(STAGED, WORKTREE, RECEIVED)) {
            if (line.hasOption(mode)) {
                throw new UsageException("--" + mode + ": only for one repository that is here");
            }
        }
        if (list.isPresent() && !line.getArgList().isEmpty()) {
            throw new UsageException("--repos: not together with " + ScanOptions.shown(url));
        }
        var repositories =
                new GitRepositories(
                        options.filter(), selection, List.of(), StateOption.open(line, options));
        var run = new RepositoriesRun(line, options, repositories);
        Path current = Path.of("").toAbsolutePath();
        return list.isPresent()
                ? run.run(
                        RepositoryList.read(list.get()),
                        Optional.ofNullable(current.resolve(list.get()).getParent())
                                .orElse(current))
                : run.run(List.of(url), current);
    }

    private static HistorySelection selection(CommandLine line, ScanOptions options)
            throws IOException {
        Optional<String> given = HistoryOptions.given(line).or(() -> StateOption.given(line));
        for (String mode : List.of(STAGED, WORKTREE, RECEIVED)) {
            if (line.hasOption(mode) && given.isPresent()) {
                throw new UsageException("--" + given.get() + ": not together with --" + mode);
            }
        }
        return line.hasOption(RECEIVED)
                ? HistorySelection.received(ReceivedRefs.read(System.in))
                : HistoryOptions.read(line, options.at());
    }

    private static Path worktree(Path path, GitEnvironment environment) {
        return environment
                .worktree()
                .map(worktree -> Path.of("").toAbsolutePath().resolve(worktree).normalize())
                .or(() -> GitRepositories.worktreeAt(path))
                .orElseThrow(() ->
                        new UsageException(
                                path
                                        + ": a bare repository has only a history: leave --staged and --worktree out"));
    }

    private static UsageException notARepository(Path path) {
        return new UsageException(path + ": not a Git repository");
    }
}
