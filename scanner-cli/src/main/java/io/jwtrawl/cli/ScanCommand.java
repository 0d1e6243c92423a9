package io.jwtrawl.cli;

import io.jwtrawl.files.FileCrawler;
import io.jwtrawl.files.StreamCrawler;
import io.jwtrawl.git.GitRepositories;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.PathText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// `jwtrawl scan`.
final class ScanCommand implements Command {

    private static final String STANDARD_INPUT = "-";

    @Override
    public String name() {
        return "scan";
    }

    @Override
    public String header() {
        return "Search folders, files and the history of the Git repositories in them.";
    }

    @Override
    public String operands() {
        return "[TARGET]...";
    }

    @Override
    public List<String> description() {
        return List.of(
                "TARGET is a folder, a file, '-' for standard input, or the URL of a Git repository, such as"
                        + " https://git.example.org/app.git. Default: the current folder.",
                "Hidden and ignored files are searched too: leaked tokens live there. Symbolic links are not followed."
                        + " Archives, compressed files and images of containers are opened (see docs/files.md).",
                "The history of a repository is searched where its .git is below TARGET, not where it is above.");
    }

    @Override
    public List<String> examples() {
        return List.of(
                "jwtrawl scan .                                   this folder, with its history",
                "jwtrawl scan . --format sarif --output out.sarif",
                "kubectl logs my-pod | jwtrawl scan -             standard input");
    }

    @Override
    public Options options() {
        var options = new Options();
        ScanOptions.addTo(options);
        FileOptions.addTo(options);
        FetchOptions.addTo(options);
        return options;
    }

    @Override
    public int run(CommandLine line) {
        var options = new ScanOptions(line);
        List<String> targets = line.getArgList();
        PathFilter filter = options.filter();
        var files = new FileOptions(line, options);
        GitRepositories repositories = files.repositories();
        List<Crawler> crawlers = new ArrayList<>();
        var given = new Targets(filter.isAll());
        List<String> urls = new ArrayList<>();
        for (String target : new LinkedHashSet<>(targets.isEmpty() ? List.of(".") : targets)) {
            if (target.equals(STANDARD_INPUT)) {
                crawlers.add(new StreamCrawler(System.in));
            } else if (RepositoriesRun.isUrlOfRepository(target)) {
                urls.add(target);
            } else {
                given.add(existing(target));
            }
        }
        for (Path path : given.paths()) {
            crawlers.add(new FileCrawler(path, files.selectionFor(path), repositories::crawlerFor));
            if (!options.quiet()) {
                Targets.repositoryAround(path).ifPresent(around -> note(path, around));
            }
        }
        if (!urls.isEmpty()) {
            return new RepositoriesRun(line, options, repositories)
                    .run(urls, crawlers, files.attributions());
        }
        FetchOptions.requireNone(line);
        return new ScanRun(options, Terminal.detect(System.getenv()), System.err)
                .remembering(files)
                .run(crawlers, files.attributions(), repositories, given.root());
    }

    private static void note(Path path, Path repository) {
        System.err.println(
                "jwtrawl: note: "
                        + PathText.of(path)
                        + " lies in a Git repository whose history is not searched; `jwtrawl git "
                        + PathText.of(repository)
                        + "` does that");
    }

    private static Path existing(String target) {
        Path path = OptionValues.toPath(target);
        if (!Files.exists(path)) {
            throw new UsageException(
                    target.contains("://")
                            ? ScanOptions.shown(target)
                                    + ": only folders, files, '-' and repositories can be scanned; `jwtrawl git URL` if"
                                    + " it is one"
                            : target + ": no such file or folder");
        }
        return path.toAbsolutePath().normalize();
    }
}
