package io.jwtrawl.cli;

import io.jwtrawl.files.FileAges;
import io.jwtrawl.files.FileCrawler;
import io.jwtrawl.files.StreamCrawler;
import io.jwtrawl.git.GitRepositories;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathFilter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `jwtrawl scan`.
@Command(
        name = "scan",
        header = "Search folders, files and the history of the Git repositories in them.",
        description = {
            "",
            "Hidden and ignored files are searched too: leaked tokens live there. Symbolic links are not followed.",
            "",
        },
        footer = {
            "",
            "Examples:",
            "  jwtrawl scan .                                   this folder, with its history",
            "  jwtrawl scan . --format sarif --output out.sarif",
            "  kubectl logs my-pod | jwtrawl scan -             standard input",
        })
final class ScanCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";

    @Parameters(
            paramLabel = "TARGET",
            arity = "0..*",
            description = "Folders and files, '-' for standard input. Default: the current folder.")
    List<String> targets = new ArrayList<>();

    @Mixin ScanOptions options = new ScanOptions();

    @Override
    public Integer call() {
        PathFilter filter = options.filter();
        var repositories = new GitRepositories(filter);
        List<Crawler> crawlers = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        for (String target : new LinkedHashSet<>(targets.isEmpty() ? List.of(".") : targets)) {
            if (target.equals(STANDARD_INPUT)) {
                crawlers.add(new StreamCrawler(System.in));
            } else {
                Path path = existing(target);
                crawlers.add(new FileCrawler(path, filter, repositories::crawlerFor));
                folders.add(path);
            }
        }
        Optional<Path> root =
                folders.size() == 1 && Files.isDirectory(folders.getFirst())
                        ? Optional.of(folders.getFirst())
                        : Optional.empty();
        return new ScanRun(options, Terminal.detect(System.getenv()), System.err)
                .run(crawlers, List.of(repositories, new FileAges()), repositories, root);
    }

    private static Path existing(String target) {
        Path path;
        try {
            path = Path.of(target);
        } catch (InvalidPathException e) {
            throw new UsageException("not a path: " + e.getReason(), e);
        }
        if (!Files.exists(path)) {
            throw new UsageException(
                    target.contains("://")
                            ? target + ": only local folders and files can be scanned, and '-'"
                            : target + ": no such file or folder");
        }
        return path.toAbsolutePath().normalize();
    }
}
