package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.git.index.IndexDifference;
import io.jwtrawl.git.index.StagedChange;
import io.jwtrawl.git.objects.ObjectDatabase;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectReader;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.PathText;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.TokenId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Crawls what is staged and differs from `HEAD`. As an attribution it drops the tokens that `HEAD` has at the same path
/// already, or in a file that is staged to be removed: they are not news.
///
/// Nothing of JGit is loaded for it: a hook waits for the outcome.
public final class StagedCrawler implements Crawler, Attribution {

    /// Fewer files are not worth another thread's while.
    private static final int PART = 32;

    /// Of so many removed files at most it is asked whether a token moved from there.
    private static final int MAX_REMOVED = 1000;

    private final GitRepository location;
    private final Path indexFile;
    private final PathFilter filter;

    /// For each staged path, the blob that `HEAD` has there.
    private final Map<String, String> before = new ConcurrentHashMap<>();

    /// The blobs that `HEAD` has at paths where nothing will be.
    private final Set<String> removed = ConcurrentHashMap.newKeySet();

    private final RepositorySink.Shared shared;

    StagedCrawler(GitRepository location, Path indexFile, PathFilter filter) {
        this.location = location;
        this.indexFile = indexFile;
        this.filter = filter;
        this.shared = new RepositorySink.Shared(location);
    }

    @Override
    public void crawl(BlobSink sink) throws InterruptedException {
        shared.around(this::crawlStaged).crawl(sink);
    }

    /// What the threads that search what is staged have in common; the last one closes it.
    private final class Search {
        private final ObjectDatabase database;
        private final IndexDifference difference;
        private final AtomicInteger parts;
        private final AtomicBoolean found = new AtomicBoolean();

        Search(ObjectDatabase database, IndexDifference difference, int parts) {
            this.database = database;
            this.difference = difference;
            this.parts = new AtomicInteger(parts);
        }

        void part(List<Staged> files, BlobSink sink) throws InterruptedException {
            try (ObjectReader reader = database.newReader()) {
                for (Staged file : files) {
                    search(file, reader, sink);
                }
            } finally {
                finished(sink);
            }
        }

        private void search(Staged file, ObjectReader reader, BlobSink sink)
                throws InterruptedException {
            ObjectId blob = file.change().blob();
            var staged = new Provenance.StagedFile(location.folder(), blob.name(), file.path());
            if (!IndexCrawler.push(database, reader, blob, staged, sink)) {
                return;
            }
            found.set(true);
            if (file.change().before().isPresent()) {
                ObjectId old = file.change().before().get();
                before.put(file.path(), old.name());
                IndexCrawler.push(database, reader, old, old(old), sink);
            }
        }

        /// The index of this search is read again for what was removed, by the last part alone.
        private void finished(BlobSink sink) throws InterruptedException {
            if (parts.decrementAndGet() > 0) {
                return;
            }
            try (database;
                    ObjectReader reader = database.newReader()) {
                if (found.get()) {
                    for (ObjectId gone : difference.removed(MAX_REMOVED, reader)) {
                        removed.add(gone.name());
                        IndexCrawler.push(database, reader, gone, old(gone), sink);
                    }
                }
            } catch (IOException | RuntimeException e) {
                sink.unreadable(location.provenance(location.gitFolder()), e);
            }
        }
    }

    private record Staged(StagedChange change, String path) {}

    private void crawlStaged(BlobSink sink) throws InterruptedException {
        Problems problems = (file, why) -> sink.unreadable(location.provenance(file), why);
        try {
            ObjectDatabase database = location.objects(problems);
            List<Staged> files = new ArrayList<>();
            Search search;
            try (ObjectReader reader = database.newReader()) {
                IndexDifference difference =
                        StagedFiles.read(
                                location,
                                indexFile,
                                HeadReader.read(location, database.format()),
                                reader);
                for (StagedChange change : difference.changes()) {
                    String path = PathText.of(change.path());
                    if (filter.isAll() || filter.acceptsFile(Path.of(path))) {
                        files.add(new Staged(change, path));
                    }
                }
                search = new Search(database, difference, 1 + files.size() / PART);
            } catch (IOException | RuntimeException e) {
                database.close();
                throw e;
            }
            int first = files.size() % PART;
            for (int from = first; from < files.size(); from += PART) {
                List<Staged> part = files.subList(from, from + PART);
                sink.fork(other -> search.part(part, other));
            }
            search.part(files.subList(0, first), sink);
        } catch (IOException | RuntimeException e) {
            problems.unreadable(location.gitFolder(), e);
        } catch (OutOfMemoryError e) {
            sink.skipped(location.provenance(location.gitFolder()), BlobReader.TOO_LARGE);
        }
    }

    @Override
    public List<Sighting> attribute(List<Sighting> sightings, Scan scan) {
        shared.tellMissing(scan);
        Map<String, Set<TokenId>> known = new HashMap<>();
        Set<TokenId> moved = new HashSet<>();
        for (Sighting sighting : sightings) {
            if (sighting.provenance().outermost() instanceof Provenance.GitObject(_, var blob, _)) {
                known.computeIfAbsent(blob, _ -> new HashSet<>()).add(sighting.token().id());
                if (removed.contains(blob)) {
                    moved.add(sighting.token().id());
                }
            }
        }
        List<Sighting> news = new ArrayList<>();
        for (Sighting sighting : sightings) {
            if (sighting.provenance().outermost() instanceof Provenance.StagedFile(_, _, var path)
                    && !moved.contains(sighting.token().id())
                    && !known.getOrDefault(before.getOrDefault(path, ""), Set.of())
                            .contains(sighting.token().id())) {
                news.add(sighting);
            }
        }
        return news;
    }

    private Provenance old(ObjectId blob) {
        return new Provenance.GitObject(location.folder(), blob.name(), GitObjectType.BLOB);
    }
}
