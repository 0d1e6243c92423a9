package io.jwtrawl.git.objects;

import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Content;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/// Searches one pack: its headers first, each thread reading a share of them, then the trees of deltas that they tell of.
final class PackScan {

    /// Reading fewer headers is not worth another thread's while.
    private static final int SLICE = 16 * 1024;

    /// More parts than threads, so that those which get one keep each other company to the end.
    private static final int MAX_PARTS = 16;

    /// So many trees a thread takes at a time.
    private static final int CHUNK = 32;

    private final ObjectScan scan;
    private final Pack pack;
    private final AtomicInteger nextRoot = new AtomicInteger();

    PackScan(ObjectScan scan, Pack pack) {
        this.scan = scan;
        this.pack = pack;
    }

    void begin(BlobSink sink) throws InterruptedException {
        PackForest forest;
        try {
            forest = PackForest.of(pack);
        } catch (IOException | RuntimeException e) {
            scan.cannotUse(pack, e, sink);
            return;
        }
        int slices = Math.clamp(forest.count() / SLICE, 1, MAX_PARTS);
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
        var search = new Search(forest, sink);
        for (PackForest.Broken broken : forest.broken()) {
            search.fail(broken.entry(), forest.type(broken.entry()), broken.why());
        }
        sink.expect(forest.count(search));
        int parts = Math.clamp(forest.roots().length / CHUNK, 1, MAX_PARTS);
        for (int i = 1; i < parts; i++) {
            scan.fork(sink, part -> walkSome(forest, part));
        }
        walkSome(forest, sink);
    }

    private void walkSome(PackForest forest, BlobSink sink) throws InterruptedException {
        int[] roots = forest.roots();
        if (nextRoot.get() >= roots.length) {
            return;
        }
        try (ObjectReader objects = scan.database().newReader();
                var walk = new ForestWalk(forest, objects, new Search(forest, sink))) {
            for (int from = nextRoot.getAndAdd(CHUNK);
                    from < roots.length;
                    from = nextRoot.getAndAdd(CHUNK)) {
                int to = Math.min(roots.length, from + CHUNK);
                for (int i = from; i < to; i++) {
                    walk.walk(roots[i]);
                }
            }
        }
    }

    /// What one thread does with the objects of the pack.
    private final class Search implements ObjectSearch {
        private final PackForest forest;
        private final BlobSink sink;

        Search(PackForest forest, BlobSink sink) {
            this.forest = forest;
            this.sink = sink;
        }

        @Override
        public boolean wants(int type) {
            return type != EntryType.TREE;
        }

        @Override
        public int reach() {
            return sink.reach();
        }

        @Override
        public boolean mayHold(byte[] array, int from, int to) {
            return sink.mayHoldToken(array, from, to);
        }

        @Override
        public void pass(int size) throws InterruptedException {
            sink.pass(size);
        }

        @Override
        public void look(int entry, int type, byte[] array, int size) throws InterruptedException {
            scan.push(
                    sink,
                    forest.id(entry),
                    EntryType.of(type),
                    new Content.InMemory(array, 0, size));
        }

        @Override
        public void look(int entry, int type, LargeContent content) throws InterruptedException {
            scan.push(
                    sink,
                    forest.id(entry),
                    EntryType.of(type),
                    new Content.Streamed(content::open));
        }

        @Override
        public void fail(int entry, int type, Exception why) {
            cannotRead(entry, type, why, false);
        }

        @Override
        public void tooLarge(int entry, int type) {
            cannotRead(entry, type, new IOException("too large"), true);
        }

        private void cannotRead(int entry, int type, Exception why, boolean tooLarge) {
            scan.cannotRead(new UnreadObject(forest.id(entry), EntryType.of(type), why, tooLarge));
        }
    }
}
