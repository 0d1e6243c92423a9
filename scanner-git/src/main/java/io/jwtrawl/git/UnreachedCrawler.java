package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectDatabase;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectReader;
import io.jwtrawl.git.objects.ObjectScan;
import io.jwtrawl.git.objects.ObjectSelection;
import io.jwtrawl.git.objects.UnreadObject;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Crawler;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Crawls the objects of a repository that nobody else has crawled, whether or not anything leads to them.
final class UnreachedCrawler implements Crawler {

    private final GitRepository location;
    private final Predicate<String> packs;
    private final Predicate<ObjectId> objects;

    /// @param packs which packs are wanted, by name
    /// @param objects which objects are
    UnreachedCrawler(GitRepository location, Predicate<String> packs, Predicate<ObjectId> objects) {
        this.location = location;
        this.packs = packs;
        this.objects = objects;
    }

    @Override
    public void crawl(BlobSink sink) throws InterruptedException {
        try {
            ObjectDatabase database = location.objects(Problems.TOLD_ALREADY);
            new ObjectScan(
                            database,
                            selection(),
                            new ObjectNames(location),
                            Optional.empty(),
                            (last, unread, _) -> finish(database, unread, last))
                    .crawl(sink);
        } catch (IOException | RuntimeException e) {
            // Told by whoever crawled what refs lead to.
        } catch (OutOfMemoryError e) {
            sink.skipped(location.provenance(location.gitFolder()), BlobReader.TOO_LARGE);
        }
    }

    private ObjectSelection selection() {
        return new ObjectSelection() {
            @Override
            public boolean wantsPack(String name) {
                return packs.test(name.substring(0, name.lastIndexOf('.')));
            }

            @Override
            public boolean wants(ObjectId id) {
                return objects.test(id);
            }
        };
    }

    private void finish(ObjectDatabase database, List<UnreadObject> unread, BlobSink sink)
            throws InterruptedException {
        Set<ObjectId> told = new HashSet<>();
        try (database;
                ObjectReader reader = database.newReader()) {
            for (UnreadObject object : unread) {
                if (told.add(object.id())) {
                    PackHistoryCrawler.again(location, object, reader, sink);
                }
            }
        }
    }
}
