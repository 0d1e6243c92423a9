package io.jwtrawl.git.objects;

import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Content;
import java.io.IOException;

/// Searches the blobs, commits and tags of a pack for one thread. Of a delta only what differs from its base is searched,
/// with what stands around it, unless the base deserved a closer look itself.
final class BlobSearch implements ObjectVisitor {

    /// Blobs of at most so many bytes are always asked about as a whole: pointers of Git LFS can be told only so.
    private static final int SMALL = 1024;

    private final ObjectScan scan;
    private final PackForest forest;
    private final BlobSink sink;
    private final int reach;

    BlobSearch(ObjectScan scan, PackForest forest, BlobSink sink) {
        this.scan = scan;
        this.forest = forest;
        this.sink = sink;
        reach = sink.reach();
    }

    @Override
    public boolean wants(int type) {
        return type != EntryType.TREE;
    }

    @Override
    public boolean whole(int entry, int type, byte[] bytes, int size) throws InterruptedException {
        boolean suspect = sink.mayHoldToken(bytes, 0, size);
        if (suspect) {
            push(entry, type, new Content.InMemory(bytes, 0, size));
        }
        return suspect;
    }

    @Override
    public boolean made(
            int entry, int type, byte[] bytes, int size, Delta delta, ForestWalk.Base base)
            throws InterruptedException {
        if (base.suspect || size <= SMALL) {
            return whole(entry, type, bytes, size);
        }
        boolean suspect = changesMayHold(bytes, size, delta) || sink.mayBeContainer(bytes, 0, size);
        if (suspect) {
            push(entry, type, new Content.InMemory(bytes, 0, size));
        } else {
            sink.pass(size);
        }
        return suspect;
    }

    /// Whether what differs from the base deserves a closer look.
    private boolean changesMayHold(byte[] bytes, int size, Delta delta) {
        int[] changes = delta.changes();
        int count = delta.changeCount();
        int i = 0;
        while (i < count) {
            int from = Math.max(0, changes[i] - reach);
            int to = changes[i + 1] + reach;
            for (i += 2; i < count && changes[i] - reach <= to; i += 2) {
                to = changes[i + 1] + reach;
            }
            if (sink.partMayHoldToken(bytes, from, Math.min(size, to))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void large(int entry, int type, LargeContent content) throws InterruptedException {
        push(entry, type, new Content.Streamed(content::open));
    }

    private void push(int entry, int type, Content content) throws InterruptedException {
        scan.push(sink, forest.id(entry), EntryType.of(type), content);
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
        if (wants(type)) {
            scan.cannotRead(new UnreadObject(forest.id(entry), EntryType.of(type), why, tooLarge));
        }
    }
}
