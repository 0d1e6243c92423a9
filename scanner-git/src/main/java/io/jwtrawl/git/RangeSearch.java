package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.TokenId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Searches a part of a history, and tells only what came with it.
final class RangeSearch implements RepositorySearch {

    private final PathFilter filter;
    private final RangeCrawler crawler;

    RangeSearch(
            GitRepository location,
            ObjectReading reading,
            PathFilter filter,
            RangeCrawler.RangeSource range) {
        this.filter = filter;
        this.crawler = new RangeCrawler(location, reading, range);
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
        var attribution = new HistoryAttribution(home, filter, scan, view.get());
        HistoryAttribution.Outcome outcome = attribution.attribute(found);
        List<Sighting> attributed = new ArrayList<>(outcome.places());
        attributed.addAll(withoutAttribution(attribution.describe(outcome.left())));
        Set<TokenId> told = new HashSet<>();
        for (Sighting sighting : attributed) {
            told.add(sighting.token().id());
        }
        for (Sighting sighting : found) {
            Optional<ObjectId> blob = RepositorySearch.blob(sighting);
            if (blob.isPresent()
                    && crawler.isNamed(blob.get())
                    && !told.contains(sighting.token().id())) {
                attributed.add(sighting);
            }
        }
        return attributed;
    }

    @Override
    public List<Sighting> withoutAttribution(List<Sighting> found) {
        List<Sighting> news = new ArrayList<>();
        for (Sighting sighting : found) {
            Optional<ObjectId> blob = RepositorySearch.blob(sighting);
            if (blob.isEmpty() || crawler.isNews(blob.get())) {
                news.add(sighting);
            }
        }
        return news;
    }

    /// Whether it was in the range, or right before it, that `id` was searched.
    boolean hasSearched(ObjectId id) {
        return crawler.hasSearched(id);
    }
}
