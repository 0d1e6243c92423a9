package io.jwtrawl.cli;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.git.GitRepositories;
import io.jwtrawl.git.remote.CloneFolder;
import io.jwtrawl.git.remote.RemoteOptions;
import io.jwtrawl.git.remote.RemoteRepositories;
import io.jwtrawl.git.remote.RemoteUrl;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.FailureText;
import io.jwtrawl.source.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;

/// Searches the histories of repositories here and on other machines, as many at a time as there are threads.
final class RepositoriesRun {

    private final CommandLine line;
    private final ScanOptions options;
    private final GitRepositories repositories;

    RepositoriesRun(CommandLine line, ScanOptions options, GitRepositories repositories) {
        this.line = line;
        this.options = options;
        this.repositories = repositories;
    }

    /// Whether `target` is not here, and surely the URL of a repository. A URL has a colon; to look further takes time
    /// that a scan of what is here need not spend.
    static boolean isUrlOfRepository(String target) {
        return target.indexOf(':') > 0
                && !Files.exists(OptionValues.toPath(target))
                && RemoteUrl.isRepository(target);
    }

    /// @param names paths and URLs
    /// @param folder what the paths are relative to
    int run(List<String> names, Path folder) {
        List<Crawler> here = new ArrayList<>();
        List<String> urls = new ArrayList<>();
        for (String name : names) {
            if (RemoteUrl.parse(name).isPresent()) {
                urls.add(name);
            } else {
                here.add(local(name, folder));
            }
        }
        return run(urls, here, List.of(repositories), run().inRounds());
    }

    private ScanRun run() {
        return new ScanRun(options, Terminal.detect(System.getenv()), System.err);
    }

    /// @param names URLs
    /// @param here crawl what else is to be searched
    int run(List<String> names, List<Crawler> here, List<? extends Attribution> attributions) {
        return run(names, here, attributions, run());
    }

    private int run(
            List<String> names,
            List<Crawler> here,
            List<? extends Attribution> attributions,
            ScanRun scan) {
        List<RemoteUrl> urls = new ArrayList<>();
        for (String name : names) {
            RemoteUrl.parse(name).ifPresent(urls::add);
        }
        RemoteOptions remote = FetchOptions.read(line, urls, System.getenv(), this::tell);
        if (!urls.isEmpty() && remote.cache().isEmpty() && StateOption.given(line).isPresent()) {
            throw new UsageException(
                    "--state: what is fetched from URLs must stay for that: give it a --cache");
        }
        if (!urls.isEmpty()) {
            GitProxies.use(System.getenv());
        }
        try (CloneFolder clones = CloneFolder.open(remote.cache())) {
            var fetched = new RemoteRepositories(remote, clones, repositories);
            List<Crawler> crawlers = new ArrayList<>(here);
            for (RemoteUrl url : urls) {
                crawlers.add(fetched.crawlerFor(url));
            }
            Optional<Path> root =
                    here.isEmpty() && urls.size() == 1
                            ? Optional.of(fetched.folderOf(urls.getFirst()))
                            : Optional.empty();
            return scan.run(crawlers, attributions, repositories, root);
        } catch (IOException e) {
            throw new UsageException("--cache: cannot be written: " + FailureText.of(e), e);
        }
    }

    private Crawler local(String name, Path folder) {
        Path path = folder.resolve(OptionValues.toPath(name)).normalize();
        return sink -> {
            Optional<Crawler> crawler =
                    GitRepositories.enclosing(path).flatMap(repositories::crawlerFor);
            if (crawler.isPresent()) {
                crawler.get().crawl(sink);
            } else {
                sink.unreadable(
                        new Provenance.LocalFile(path, path),
                        new IOException("not a Git repository, nor inside one"));
            }
        };
    }

    private void tell(String text) {
        if (!options.quiet()) {
            System.err.println("jwtrawl: " + text);
        }
    }
}
