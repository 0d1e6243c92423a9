package io.jwtrawl.git;

import io.jwtrawl.source.Blob;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/// Crawls what anything leads to, and then every other object that is there.
final class AllObjectsCrawler implements Crawler, HistoryView {

    private static final int BATCH = 256;

    private final GitRepository location;
    private final Crawler reachable;
    private final Predicate<ObjectId> isReached;
    private final Increment.ObjectListings before;

    private final Set<String> packs = ConcurrentHashMap.newKeySet();
    private final Set<ObjectId> loose = ConcurrentHashMap.newKeySet();

    /// Where findings may have come from: any commit, also one that nothing leads to.
    private final Set<ObjectId> commits = ConcurrentHashMap.newKeySet();

    /// @param reachable crawls what anything leads to
    /// @param isReached whether that has crawled an object
    /// @param before what need not be searched again
    AllObjectsCrawler(
            GitRepository location,
            Crawler reachable,
            Predicate<ObjectId> isReached,
            Increment.ObjectListings before) {
        this.location = location;
        this.reachable = reachable;
        this.isReached = isReached;
        this.before = before;
    }

    /// What was there, if the crawl came to its end.
    Increment.ObjectListings listings() {
        return new Increment.ObjectListings(packs, loose);
    }

    @Override
    public void crawl(BlobSink sink) throws InterruptedException {
        reachable.crawl(sink);
        Problems problems = (file, why) -> sink.unreadable(location.provenance(file), why);
        try (ObjectStore store = location.open(Problems.TOLD_ALREADY)) {
            var pushing = new Pushing(store, sink);
            for (Path folder : store.folders()) {
                ObjectListing listing = ObjectListing.of(folder, problems);
                loose.addAll(listing.loose());
                for (ObjectId id : listing.loose()) {
                    if (!before.loose().contains(id)) {
                        pushing.add(id);
                    }
                }
                for (Path pack : listing.packs()) {
                    packs.add(ObjectListing.nameOf(pack));
                    if (!before.packs().contains(ObjectListing.nameOf(pack))) {
                        addPack(pack, pushing, problems);
                    }
                }
            }
            pushing.forkBatch();
        } catch (IOException | RuntimeException e) {
            problems.unreadable(location.gitFolder(), BlobReader.explained(e));
        } catch (OutOfMemoryError e) {
            sink.skipped(location.provenance(location.gitFolder()), BlobReader.TOO_LARGE);
        }
    }

    private static void addPack(Path pack, Pushing pushing, Problems problems)
            throws InterruptedException {
        try {
            for (PackIndex.MutableEntry entry : ObjectListing.open(pack)) {
                pushing.add(entry.toObjectId());
            }
        } catch (IOException | RuntimeException e) {
            problems.unreadable(pack, e);
        }
    }

    @Override
    public ObjectStore open(GitRepository repository) throws IOException {
        return repository.openAsShown();
    }

    @Override
    public Refs refs(GitRepository repository, ObjectReader reader, Problems problems) {
        return new WholeHistory(true).refs(repository, reader, problems).withTips(commits);
    }

    private static final class Met extends ObjectIdOwnerMap.Entry {
        Met(ObjectId id) {
            super(id);
        }
    }

    private final class Pushing {
        private final ObjectStore store;
        private final BlobSink sink;
        private final ObjectIdOwnerMap<Met> met = new ObjectIdOwnerMap<>();
        private List<ObjectId> batch = new ArrayList<>(BATCH);

        Pushing(ObjectStore store, BlobSink sink) {
            this.store = store;
            this.sink = sink;
        }

        void add(ObjectId id) throws InterruptedException {
            if (!met.contains(id) && !isReached.test(id)) {
                var first = new Met(id);
                met.add(first);
                batch.add(first);
                if (batch.size() == BATCH) {
                    forkBatch();
                }
            }
        }

        void forkBatch() throws InterruptedException {
            List<ObjectId> ids = batch;
            batch = new ArrayList<>(BATCH);
            store.share(); // closed by whoever reads the batch
            sink.fork(part -> {
                try (ObjectStore shared = store;
                        ObjectReader reader = shared.newReader()) {
                    for (ObjectId id : ids) {
                        push(id, reader, part);
                    }
                }
            });
        }
    }

    private void push(ObjectId id, ObjectReader reader, BlobSink sink) throws InterruptedException {
        try {
            ObjectLoader loader = reader.open(id);
            switch (loader.getType()) {
                case Constants.OBJ_BLOB ->
                        BlobReader.push(loader, provenance(id, GitObjectType.BLOB), sink);
                case Constants.OBJ_TREE -> {}
                case Constants.OBJ_COMMIT -> {
                    commits.add(id.copy());
                    push(provenance(id, GitObjectType.COMMIT), loader, sink);
                }
                default -> push(provenance(id, GitObjectType.TAG), loader, sink);
            }
        } catch (IOException | RuntimeException e) {
            sink.unreadable(provenance(id, GitObjectType.BLOB), BlobReader.explained(e));
        } catch (OutOfMemoryError e) {
            sink.skipped(provenance(id, GitObjectType.BLOB), BlobReader.TOO_LARGE);
        }
    }

    private static void push(Provenance provenance, ObjectLoader loader, BlobSink sink)
            throws InterruptedException {
        sink.accept(new Blob(provenance, new Content.InMemory(loader.getCachedBytes())));
    }

    private Provenance provenance(ObjectId id, GitObjectType type) {
        return new Provenance.GitObject(location.commonName(), id.name(), type);
    }
}
