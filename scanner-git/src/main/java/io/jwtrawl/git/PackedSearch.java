package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.git.objects.Links;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.token.Sighting;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Searches all of a history, and what is staged, as [WholeSearch] does, but reads the objects as they lie in the packs,
/// without JGit.
final class PackedSearch implements RepositorySearch {

    private final GitRepository location;
    private final PathFilter filter;
    private final RepositorySink.Shared sink;

    /// What commits and trees name, if something was found in a file; taken by whoever tells where that came from.
    private Optional<Links> links = Optional.empty();

    /// @param sink what all that is crawled is pushed through
    PackedSearch(GitRepository location, PathFilter filter, RepositorySink.Shared sink) {
        this.location = location;
        this.filter = filter;
        this.sink = sink;
    }

    /// Whether a repository can be searched so: nothing is shown in another's place, or JGit cannot read it at all.
    static boolean suits(GitRepository location) {
        return location.format() != HashFormat.SHA1 || !Overlay.isMaybeThere(location);
    }

    @Override
    public Crawler crawler() {
        return part -> {
            new PackHistoryCrawler(location, sink, this::keep).crawl(part);
            for (GitRepository worktree : location.worktrees()) {
                new IndexCrawler(worktree, filter).crawl(part);
            }
        };
    }

    private synchronized void keep(Links known) {
        links = Optional.of(known);
    }

    private synchronized Optional<Links> take() {
        Optional<Links> taken = links;
        links = Optional.empty();
        return taken;
    }

    @Override
    public List<Sighting> attribute(GitRepository home, List<Sighting> found, Attribution.Scan scan)
            throws IOException, InterruptedException, PathLists.TooMuchException {
        return new PackHistoryAttribution(home, take(), filter, scan).attribute(found);
    }

    @Override
    public List<Sighting> withoutAttribution(List<Sighting> found) {
        return found;
    }
}
