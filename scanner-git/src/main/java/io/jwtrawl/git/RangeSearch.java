package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.TokenId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;

/// Searches a part of a history, and tells only what came with it.
final class RangeSearch implements RepositorySearch {

    private final PathFilter filter;
    private final RangeCrawler crawler;

    RangeSearch(GitRepository location, PathFilter filter, RangeCrawler.RangeSource range) {
        this.filter = filter;
        this.crawler = new RangeCrawler(location, range);
    }

    @Override
    public Crawler crawler() {
        return crawler;
    }

    @Override
    public List<Sighting> attribute(GitRepository home, List<Sighting> found, Attribution.Scan scan)
            throws IOException, InterruptedException, PathLists.TooMuchException {
        Optional<HistoryView> view = crawler.view();
        if (view.isEmpty()) {
            return found;
        }
        List<Sighting> attributed =
                new ArrayList<>(
                        withoutAttribution(
                                new HistoryAttribution(home, filter, scan, view.get())
                                        .attribute(found)));
        Set<TokenId> told =
                attributed.stream()
                        .map(sighting -> sighting.token().id())
                        .collect(Collectors.toSet());
        found.stream()
                .filter(sighting ->
                        RepositorySearch.blob(sighting).filter(crawler::isNamed).isPresent()
                                && !told.contains(sighting.token().id()))
                .forEach(attributed::add);
        return attributed;
    }

    @Override
    public List<Sighting> withoutAttribution(List<Sighting> found) {
        return found.stream()
                .filter(sighting ->
                        RepositorySearch.blob(sighting).map(crawler::isNews).orElse(true))
                .toList();
    }

    /// Whether it was in the range, or right before it, that `id` was searched.
    boolean hasSearched(ObjectId id) {
        return crawler.hasSearched(id);
    }
}
