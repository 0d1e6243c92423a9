package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.TokenId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;

/// How one repository is searched, and how it is told where findings came from.
final class RepositorySearch {

    private final GitRepository location;
    private final PathFilter filter;
    private final RepositorySink.Shared shared;
    private final Crawler crawler;

    /// Crawls a part of the history, if not all of it.
    private final Optional<RangeCrawler> range;

    /// Crawls what no ref leads to, if that is wanted.
    private final Optional<AllObjectsCrawler> all;

    RepositorySearch(GitRepository location, HistorySelection selection, PathFilter filter) {
        this.location = location;
        this.filter = filter;
        this.shared = new RepositorySink.Shared(location);
        this.range =
                selection.isPartial()
                        ? Optional.of(
                                new RangeCrawler(
                                        location,
                                        (refs, reader, _) ->
                                                CommitRange.of(selection, location, refs, reader)))
                        : Optional.empty();
        var history = new HistoryCrawler(location);
        this.all =
                selection.allObjects()
                        ? Optional.of(
                                new AllObjectsCrawler(
                                        location,
                                        history,
                                        history::hasMet,
                                        AllObjectsCrawler.SearchedObjects.NONE))
                        : Optional.empty();
        this.crawler =
                range.isPresent() ? range.get() : withIndex(all.isPresent() ? all.get() : history);
    }

    private Crawler withIndex(Crawler history) {
        return sink -> {
            history.crawl(sink);
            for (GitRepository worktree : location.worktrees()) {
                new IndexCrawler(worktree, filter).crawl(sink);
            }
        };
    }

    Crawler crawler() {
        return shared.around(crawler);
    }

    /// @param home the worktree that the repository is looked at from
    List<Sighting> attribute(GitRepository home, List<Sighting> found, Attribution.Scan scan)
            throws IOException, InterruptedException, TreeIndex.TooMuchException {
        if (range.isPresent()) {
            return attributeRange(range.get(), home, found, scan);
        }
        HistoryView view = all.isPresent() ? all.get() : new WholeHistory(true);
        List<Sighting> attributed = new ArrayList<>();
        List<Sighting> hidden = new ArrayList<>();
        for (Sighting sighting :
                new HistoryAttribution(home, filter, scan, view).attribute(found)) {
            (isLeftOver(sighting) ? hidden : attributed).add(sighting);
        }
        // What a replacement or a graft hides is told as if there were none.
        attributed.addAll(
                hidden.isEmpty() || !Overlay.isThere(location)
                        ? hidden
                        : new HistoryAttribution(home, filter, scan, new WholeHistory(false))
                                .attribute(hidden));
        return attributed;
    }

    private List<Sighting> attributeRange(
            RangeCrawler crawled, GitRepository home, List<Sighting> found, Attribution.Scan scan)
            throws IOException, InterruptedException, TreeIndex.TooMuchException {
        Optional<HistoryView> view = crawled.view();
        if (view.isEmpty()) {
            return found;
        }
        List<Sighting> attributed =
                new ArrayList<>(
                        new HistoryAttribution(home, filter, scan, view.get())
                                .attribute(found).stream().filter(this::isNews).toList());
        Set<TokenId> told =
                attributed.stream()
                        .map(sighting -> sighting.token().id())
                        .collect(Collectors.toSet());
        found.stream()
                .filter(sighting ->
                        blob(sighting).filter(crawled::isNamed).isPresent()
                                && !told.contains(sighting.token().id()))
                .forEach(attributed::add);
        return attributed;
    }

    /// What remains where the attribution itself failed.
    List<Sighting> withoutAttribution(List<Sighting> found) {
        return range.isPresent() ? found.stream().filter(this::isNews).toList() : found;
    }

    void tellMissing(Attribution.Scan scan) {
        shared.tellMissing(scan);
    }

    /// Whether no commit was found that leads to it.
    private static boolean isLeftOver(Sighting sighting) {
        return sighting.provenance().outermost() instanceof Provenance.GitObject(_, _, var type)
                && type == GitObjectType.BLOB;
    }

    private boolean isNews(Sighting sighting) {
        return blob(sighting)
                .map(id -> range.filter(crawled -> crawled.isNews(id)).isPresent())
                .orElse(true);
    }

    private static Optional<ObjectId> blob(Sighting sighting) {
        return isLeftOver(sighting)
                        && sighting.provenance().outermost()
                                instanceof Provenance.GitObject(_, var id, _)
                ? Optional.of(ObjectId.fromString(id))
                : Optional.empty();
    }
}
