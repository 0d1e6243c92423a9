package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.Provenance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Crawls what the commits of a range brought in: their own text, and each blob that none of their parents has at the
/// same path. What the parents have there instead is searched too: what was there before is not news.
final class RangeCrawler implements Crawler {

    private static final int BATCH = 64;

    private final GitRepository location;
    private final ObjectReading reading;
    private final RangeSource source;

    /// What the crawl was about, once that is known.
    private volatile Optional<Searched> searched = Optional.empty();

    RangeCrawler(GitRepository location, ObjectReading reading, RangeSource source) {
        this.location = location;
        this.reading = reading;
        this.source = source;
    }

    /// Tells which part of a history is meant.
    interface RangeSource {

        /// @throws RevisionException if something was asked for that the repository does not have
        CommitRange range(Tips refs, ObjectSource.Reader reader, Problems problems)
                throws IOException;
    }

    /// @param walk the commits of the range
    /// @param tips what the range begins from
    /// @param news blobs that came with them
    /// @param named blobs that the range leads to past every commit
    /// @param pushed all blobs that were searched
    record Searched(
            RangeWalk walk,
            Set<ObjectId> tips,
            Set<ObjectId> news,
            Set<ObjectId> named,
            Set<ObjectId> pushed) {}

    @Override
    public void crawl(BlobSink sink) throws InterruptedException {
        Problems problems = (file, why) -> sink.unreadable(location.provenance(file), why);
        try (ObjectSource store = reading.open(location, problems);
                ObjectSource.Reader reader = store.newReader()) {
            CommitRange range = source.range(Tips.of(location, problems), reader, problems);
            var walk =
                    new RangeWalk(
                            location.shallow(Tips.ids(location), problems),
                            reader,
                            range,
                            (id, why) ->
                                    sink.unreadable(provenance(id, GitObjectType.COMMIT), why));
            walk.run();
            var pushing = new Pushing(store, reader, walk, sink);
            searched =
                    Optional.of(
                            new Searched(
                                    walk,
                                    range.from(),
                                    pushing.news,
                                    pushing.named,
                                    pushing.pushed));
            pushing.run();
        } catch (IOException | RuntimeException e) {
            problems.unreadable(location.gitFolder(), e);
        } catch (OutOfMemoryError e) {
            sink.skipped(location.provenance(location.gitFolder()), BlobReader.TOO_LARGE);
        }
    }

    /// The part of the history that was crawled; empty if that was not known.
    Optional<HistoryView> view() {
        return searched.map(known -> new RangeView(reading, known));
    }

    /// Whether `blob` came with the range, and does not only lie where something else came.
    boolean isNews(ObjectId blob) {
        return searched.filter(known -> known.news().contains(blob)).isPresent();
    }

    /// Whether the range, or what lies right before it, was searched for `id`; what a tag leads to past every commit apart.
    boolean hasSearched(ObjectId id) {
        return searched.filter(known ->
                        known.walk().contains(id)
                                || known.walk().tags().contains(id)
                                || (known.pushed().contains(id) && !known.named().contains(id)))
                .isPresent();
    }

    /// Whether a tag or the like leads to `blob` past every commit.
    boolean isNamed(ObjectId blob) {
        return searched.filter(known -> known.named().contains(blob)).isPresent();
    }

    private Provenance provenance(ObjectId id, GitObjectType type) {
        return new Provenance.GitObject(location.commonName(), id.name(), type);
    }

    private final class Pushing implements TreeDifference.Visitor {
        private final ObjectSource store;
        private final ObjectSource.Reader reader;
        private final RangeWalk walk;
        private final BlobSink sink;
        private final Set<ObjectId> news = new HashSet<>();
        private final Set<ObjectId> named = new HashSet<>();
        private final Set<ObjectId> unreadable = new HashSet<>();
        private final Set<ObjectId> pushed = new HashSet<>();
        private List<ObjectId> batch = new ArrayList<>(BATCH);

        Pushing(ObjectSource store, ObjectSource.Reader reader, RangeWalk walk, BlobSink sink) {
            this.store = store;
            this.reader = reader;
            this.walk = walk;
            this.sink = sink;
        }

        void run() throws InterruptedException {
            for (ObjectId tag : walk.tags()) {
                text(tag, GitObjectType.TAG);
            }
            for (ObjectId blob : walk.blobs()) {
                added(blob, List.of());
            }
            for (ObjectId tree : walk.trees()) {
                new TreeDifference(reader, this).compare(tree, List.of());
            }
            named.addAll(news);
            var difference = new TreeDifference(reader, this);
            for (RangeWalk.Commit commit : walk.commits()) {
                text(commit.id(), GitObjectType.COMMIT);
                List<ObjectId> before = new ArrayList<>(commit.parents().size());
                for (ObjectId parent : commit.parents()) {
                    treeOf(parent).ifPresent(before::add);
                }
                difference.compare(commit.tree(), before);
            }
            forkBatch();
        }

        private void text(ObjectId id, GitObjectType type) throws InterruptedException {
            try {
                byte[] raw = reader.read(id, type);
                sink.accept(new Blob(provenance(id, type), new Content.InMemory(raw)));
            } catch (IOException | RuntimeException e) {
                sink.unreadable(provenance(id, type), e);
            }
        }

        private Optional<ObjectId> treeOf(ObjectId commit) {
            try {
                byte[] raw = reader.read(commit, GitObjectType.COMMIT);
                return Optional.of(RawObjects.commit(raw, reader.format()).tree());
            } catch (IOException | RuntimeException e) {
                if (!walk.contains(commit) && unreadable.add(commit)) {
                    sink.unreadable(provenance(commit, GitObjectType.COMMIT), e);
                }
                return Optional.empty(); // then all counts as added
            }
        }

        @Override
        public void added(ObjectId blob, List<ObjectId> before) throws InterruptedException {
            news.add(blob);
            push(blob);
            for (ObjectId earlier : before) {
                push(earlier);
            }
        }

        @Override
        public void unreadable(ObjectId tree, Exception why) {
            if (unreadable.add(tree)) {
                sink.unreadable(provenance(tree, GitObjectType.TREE), why);
            }
        }

        private void push(ObjectId blob) throws InterruptedException {
            if (pushed.add(blob)) {
                batch.add(blob);
                if (batch.size() == BATCH) {
                    forkBatch();
                }
            }
        }

        private void forkBatch() throws InterruptedException {
            List<ObjectId> blobIds = batch;
            batch = new ArrayList<>(BATCH);
            store.share(); // closed by whoever reads the batch
            sink.fork(part -> {
                try (ObjectSource shared = store;
                        ObjectSource.Reader own = shared.newReader()) {
                    for (ObjectId id : blobIds) {
                        BlobReader.push(own, id, provenance(id, GitObjectType.BLOB), part);
                    }
                }
            });
        }
    }
}
