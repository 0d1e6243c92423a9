package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.TokenId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/// Crawls what is staged and differs from `HEAD`. As an attribution it drops the tokens that `HEAD` has at the same path
/// already: they are not news.
public final class StagedCrawler implements Crawler, Attribution {

    private final GitRepository location;
    private final Path indexFile;
    private final PathFilter filter;

    /// For each staged path, the blob that `HEAD` has there.
    private final Map<String, String> before = new HashMap<>();

    private final RepositorySink.Shared shared;

    StagedCrawler(GitRepository location, Path indexFile, PathFilter filter) {
        this.location = location;
        this.indexFile = indexFile;
        this.filter = filter;
        this.shared = new RepositorySink.Shared(location, false);
    }

    @Override
    public void crawl(BlobSink sink) throws InterruptedException {
        shared.around(this::crawlStaged).crawl(sink);
    }

    private void crawlStaged(BlobSink sink) throws InterruptedException {
        Problems problems = (file, why) -> sink.unreadable(location.provenance(file), why);
        try (ObjectStore store = location.open(problems);
                ObjectReader reader = store.newReader()) {
            Set<ObjectId> pushed = new HashSet<>();
            for (StagedChanges.Change change :
                    StagedChanges.read(indexFile, Refs.of(location, problems).head(), reader)) {
                if (!filter.acceptsFile(Path.of(change.path()))) {
                    continue;
                }
                var staged =
                        new Provenance.StagedFile(
                                location.folder(), change.blob().name(), change.path());
                BlobReader.push(reader, change.blob(), staged, sink);
                if (change.before().isPresent()) {
                    ObjectId old = change.before().get();
                    before.put(change.path(), old.name());
                    if (pushed.add(old)) {
                        BlobReader.push(reader, old, old(old), sink);
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            problems.unreadable(location.gitFolder(), BlobReader.explained(e));
        } catch (OutOfMemoryError e) {
            sink.skipped(location.provenance(location.gitFolder()), BlobReader.TOO_LARGE);
        }
    }

    @Override
    public List<Sighting> attribute(List<Sighting> sightings, Scan scan) {
        shared.tellMissing(scan);
        Map<String, Set<TokenId>> known = new HashMap<>();
        for (Sighting sighting : sightings) {
            if (sighting.provenance().outermost() instanceof Provenance.GitObject(_, var blob, _)) {
                known.computeIfAbsent(blob, _ -> new HashSet<>()).add(sighting.token().id());
            }
        }
        return sightings.stream().filter(sighting -> isNews(sighting, known)).toList();
    }

    private boolean isNews(Sighting sighting, Map<String, Set<TokenId>> known) {
        return sighting.provenance().outermost() instanceof Provenance.StagedFile(_, _, var path)
                && !known.getOrDefault(before.getOrDefault(path, ""), Set.of())
                        .contains(sighting.token().id());
    }

    private Provenance old(ObjectId blob) {
        return new Provenance.GitObject(location.folder(), blob.name(), GitObjectType.BLOB);
    }
}
