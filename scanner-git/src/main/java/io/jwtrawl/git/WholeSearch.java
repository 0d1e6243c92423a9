package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.token.Sighting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Searches all of a history, and what is staged.
final class WholeSearch implements RepositorySearch {

    private final GitRepository location;
    private final PathFilter filter;
    private final HistoryCrawler reachable;
    private final Crawler history;

    /// Crawls what no ref leads to, if that is wanted.
    private final Optional<AllObjectsCrawler> all;

    /// @param searched what need not be searched again of what no ref leads to; empty if nothing of that is wanted
    WholeSearch(
            GitRepository location,
            PathFilter filter,
            Optional<Increment.ObjectListings> searched) {
        this.location = location;
        this.filter = filter;
        this.reachable = new HistoryCrawler(location);
        this.all =
                searched.map(known ->
                        new AllObjectsCrawler(location, reachable, reachable::hasMet, known));
        this.history = all.isPresent() ? all.get() : reachable;
    }

    @Override
    public Crawler crawler() {
        return sink -> {
            history.crawl(sink);
            reachable.forget(); // of many repositories that are searched, each would keep its own
            for (GitRepository worktree : location.worktrees()) {
                new IndexCrawler(worktree, filter).crawl(sink);
            }
        };
    }

    Increment.ObjectListings listings() {
        return all.map(AllObjectsCrawler::listings).orElse(Increment.ObjectListings.NONE);
    }

    @Override
    public List<Sighting> attribute(GitRepository home, List<Sighting> found, Attribution.Scan scan)
            throws IOException, InterruptedException, PathLists.TooMuchException {
        HistoryView view = all.isPresent() ? all.get() : new WholeHistory(true);
        return attribute(home, found, filter, scan, view);
    }

    static List<Sighting> attribute(
            GitRepository home,
            List<Sighting> found,
            PathFilter filter,
            Attribution.Scan scan,
            HistoryView view)
            throws IOException, InterruptedException, PathLists.TooMuchException {
        List<Sighting> attributed = new ArrayList<>();
        List<Sighting> hidden = new ArrayList<>();
        for (Sighting sighting :
                new HistoryAttribution(home, filter, scan, view).attribute(found)) {
            (RepositorySearch.blob(sighting).isPresent() ? hidden : attributed).add(sighting);
        }
        // What a replacement or a graft hides is told as if there were none.
        attributed.addAll(
                hidden.isEmpty() || !Overlay.isThere(home)
                        ? hidden
                        : new HistoryAttribution(home, filter, scan, new WholeHistory(false))
                                .attribute(hidden));
        return attributed;
    }

    @Override
    public List<Sighting> withoutAttribution(List<Sighting> found) {
        return found;
    }
}
