package io.jwtrawl.git.objects;

import io.jwtrawl.source.BlobSink;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/// Searches one pack: its headers first, each thread reading a share of them, then the trees of deltas that they tell of.
final class PackScan {

    /// Reading fewer headers is not worth another thread's while.
    private static final int SLICE = 16 * 1024;

    private static final int MAX_SLICES = 16;

    private final ObjectScan scan;
    private final Pack pack;

    PackScan(ObjectScan scan, Pack pack) {
        this.scan = scan;
        this.pack = pack;
    }

    void begin(BlobSink sink) throws InterruptedException {
        PackForest forest;
        try {
            forest = PackForest.of(pack);
            ObjectScan.collect(forest.count());
        } catch (IOException | RuntimeException e) {
            scan.cannotUse(pack, e, sink);
            return;
        }
        int slices = Math.clamp(forest.count() / SLICE, 1, MAX_SLICES);
        var unread = new AtomicInteger(slices);
        for (int i = 1; i <= slices; i++) {
            int from = (int) ((long) forest.count() * (i - 1) / slices);
            int to = (int) ((long) forest.count() * i / slices);
            if (i < slices) {
                scan.fork(sink, part -> readHeaders(forest, from, to, unread, part));
            } else {
                readHeaders(forest, from, to, unread, sink);
            }
        }
    }

    private void readHeaders(
            PackForest forest, int from, int to, AtomicInteger unread, BlobSink sink)
            throws InterruptedException {
        try (var reader = new PackReader(pack)) {
            forest.readHeaders(from, to, reader);
        }
        if (unread.decrementAndGet() == 0) {
            walk(forest, sink);
        }
    }

    private void walk(PackForest forest, BlobSink sink) throws InterruptedException {
        forest.build();
        var search = new BlobSearch(scan, forest, sink);
        for (PackForest.Broken broken : forest.broken()) {
            search.fail(broken.entry(), forest.type(broken.entry()), broken.why());
        }
        sink.expect(forest.count(search));
        scan.built(forest);
        new SharedWalk(scan, forest, other -> new BlobSearch(scan, forest, other)).begin(sink);
    }
}
