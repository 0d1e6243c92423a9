package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.git.objects.MissingObjectException;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What the crawlers of one repository push through: looks behind the pointers of Git LFS, and counts what a partial
/// clone lacks on purpose.
final class RepositorySink implements BlobSink {

    private final BlobSink sink;
    private final Shared shared;

    private RepositorySink(BlobSink sink, Shared shared) {
        this.sink = sink;
        this.shared = shared;
    }

    /// What all threads that crawl the repository have in common.
    static final class Shared {
        private final GitRepository location;
        private final Path lfsObjects;
        private final boolean isPartialClone;
        private final AtomicLong missing = new AtomicLong();
        private volatile boolean isReachedLater;
        private final Queue<Unfetched> unfetched = new ConcurrentLinkedQueue<>();

        /// A pointer in a blob whose content Git LFS has not fetched.
        private record Unfetched(LfsPointer pointer, Provenance.GitObject blob) {}

        Shared(GitRepository location) {
            this.location = location;
            lfsObjects = location.commonFile("lfs/objects");
            isPartialClone = location.isPartialClone();
        }

        /// From now on what nothing leads to is searched as well, and it is told later what that was.
        void expectUnreached() {
            isReachedLater = true;
        }

        Crawler around(Crawler crawler) {
            return sink -> crawler.crawl(new RepositorySink(sink, this));
        }

        private void missing(LfsPointer pointer, Provenance provenance, BlobSink sink) {
            if (isReachedLater && provenance instanceof Provenance.GitObject blob) {
                unfetched.add(new Unfetched(pointer, blob));
            } else {
                tell(pointer, provenance, sink);
            }
        }

        private static void tell(LfsPointer pointer, Provenance provenance, BlobSink sink) {
            sink.skipped(
                    provenance,
                    "Git LFS has not fetched its content, object "
                            + pointer.sha256()
                            + ": `git lfs fetch --all` does");
        }

        /// Whether there are pointers to be told of, if something leads to them.
        boolean isAnyMissing() {
            return !unfetched.isEmpty();
        }

        /// Tells of the content that was not fetched.
        ///
        /// @param isReached whether something leads to the blob of that name
        void tellMissing(Predicate<String> isReached, BlobSink sink) {
            for (Unfetched pointer : unfetched) {
                if (isReached.test(pointer.blob().objectId())) {
                    tell(pointer.pointer(), pointer.blob(), sink);
                }
            }
        }

        /// Tells how many objects were not fetched, because the clone was made so; once, when all are searched.
        void tellMissing(Attribution.Scan scan) {
            long count = missing.getAndSet(0);
            if (count > 0) {
                scan.accept(
                        new Incident.Skipped(
                                location.provenance(location.gitFolder()),
                                count
                                        + (count == 1 ? " object was" : " objects were")
                                        + " not fetched into this partial clone"));
            }
        }
    }

    @Override
    public boolean accept(Blob blob) throws InterruptedException {
        boolean found = sink.accept(blob);
        if (blob.content() instanceof Content.InMemory(var bytes, var start, var end)) {
            Optional<LfsPointer> pointer = LfsPointer.parse(bytes, start, end);
            if (pointer.isPresent()) {
                return pushContent(pointer.get(), blob.provenance()) || found;
            }
        }
        return found;
    }

    /// A pointer itself holds none, but what it points to may.
    @Override
    public boolean mayHoldToken(byte[] bytes, int from, int to) throws InterruptedException {
        return LfsPointer.parse(bytes, from, to).isPresent() || sink.mayHoldToken(bytes, from, to);
    }

    @Override
    public boolean acceptSmall(Supplier<Provenance> place, SmallReader reader)
            throws InterruptedException {
        return sink.acceptSmall(place, reader);
    }

    @Override
    public boolean partMayHoldToken(byte[] bytes, int from, int to) {
        return sink.partMayHoldToken(bytes, from, to);
    }

    @Override
    public boolean mayBeContainer(byte[] bytes, int from, int to) {
        return sink.mayBeContainer(bytes, from, to);
    }

    @Override
    public int reach() {
        return sink.reach();
    }

    @Override
    public void pass(long bytes) throws InterruptedException {
        sink.pass(bytes);
    }

    /// @return whether there is any: it may be searched by many threads
    private boolean pushContent(LfsPointer pointer, Provenance provenance)
            throws InterruptedException {
        Path file = shared.lfsObjects.resolve(pointer.file());
        if (pointer.size() == 0) {
            return false;
        }
        if (!GitFiles.exists(file)) {
            shared.missing(pointer, provenance, sink);
            return false;
        }
        try {
            GitFiles.requireFile(file, Long.MAX_VALUE);
            sink.accept(
                    new Blob(provenance, new Content.Streamed(() -> Files.newInputStream(file))));
            return true;
        } catch (IOException e) {
            sink.unreadable(
                    provenance, new IOException("its content in Git LFS: " + e.getMessage(), e));
            return false;
        }
    }

    @Override
    public void fork(Crawler part) throws InterruptedException {
        sink.fork(shared.around(part));
    }

    @Override
    public void expect(long blobs) {
        sink.expect(blobs);
    }

    @Override
    public void unreadable(Provenance where, Exception cause) {
        if (shared.isPartialClone && isMissing(cause)) {
            shared.missing.incrementAndGet();
        } else {
            sink.unreadable(where, cause);
        }
    }

    private static boolean isMissing(Exception cause) {
        return cause instanceof MissingObjectException
                || cause.getCause() instanceof org.eclipse.jgit.errors.MissingObjectException;
    }

    @Override
    public void skipped(Provenance where, String limit) {
        sink.skipped(where, limit);
    }
}
