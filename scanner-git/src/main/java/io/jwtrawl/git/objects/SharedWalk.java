package io.jwtrawl.git.objects;

import io.jwtrawl.source.BlobSink;
import java.util.concurrent.atomic.AtomicInteger;

/// A walk through all trees of a [PackForest] that several threads share.
final class SharedWalk {

    /// More parts than threads, so that those which get one keep each other company to the end.
    private static final int MAX_PARTS = 16;

    /// So many entries a thread takes at a time, with all trees that begin there.
    private static final int CHUNK = 64;

    private final ObjectScan scan;
    private final PackForest forest;
    private final Visitors visitors;
    private final AtomicInteger nextEntry = new AtomicInteger();

    /// Makes the visitor for one thread.
    interface Visitors {
        ObjectVisitor visitor(BlobSink sink);
    }

    SharedWalk(ObjectScan scan, PackForest forest, Visitors visitors) {
        this.scan = scan;
        this.forest = forest;
        this.visitors = visitors;
    }

    /// Walks in this thread and in those that are free.
    void begin(BlobSink sink) throws InterruptedException {
        int parts = Math.clamp(forest.count() / CHUNK, 1, MAX_PARTS);
        for (int i = 1; i < parts; i++) {
            scan.fork(sink, this::walk);
        }
        walk(sink);
    }

    private void walk(BlobSink sink) throws InterruptedException {
        int count = forest.count();
        if (nextEntry.get() >= count) {
            return;
        }
        try (ObjectReader objects = scan.database().newReader();
                var walk = new ForestWalk(forest, objects, visitors.visitor(sink))) {
            for (int from = nextEntry.getAndAdd(CHUNK);
                    from < count;
                    from = nextEntry.getAndAdd(CHUNK)) {
                int to = Math.min(count, from + CHUNK);
                for (int entry = from; entry < to; entry++) {
                    if (forest.isRoot(entry)) {
                        walk.walk(entry);
                    }
                }
            }
        }
    }
}
