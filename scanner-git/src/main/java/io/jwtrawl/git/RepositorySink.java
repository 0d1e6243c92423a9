package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.errors.MissingObjectException;

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

        Shared(GitRepository location) {
            this.location = location;
            lfsObjects = location.commonFile("lfs/objects");
            isPartialClone = location.isPartialClone();
        }

        Crawler around(Crawler crawler) {
            return sink -> crawler.crawl(new RepositorySink(sink, this));
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
    public void accept(Blob blob) throws InterruptedException {
        sink.accept(blob);
        if (blob.content() instanceof Content.InMemory(var bytes, var start, var end)) {
            Optional<LfsPointer> pointer = LfsPointer.parse(bytes, start, end);
            if (pointer.isPresent()) {
                pushContent(pointer.get(), blob.provenance());
            }
        }
    }

    /// A pointer itself holds none, but what it points to may.
    @Override
    public boolean mayHoldToken(byte[] bytes, int from, int to) throws InterruptedException {
        return LfsPointer.parse(bytes, from, to).isPresent() || sink.mayHoldToken(bytes, from, to);
    }

    @Override
    public byte[] room() {
        return sink.room();
    }

    private void pushContent(LfsPointer pointer, Provenance provenance)
            throws InterruptedException {
        Path file = shared.lfsObjects.resolve(pointer.file());
        if (pointer.size() == 0) {
            return;
        }
        if (!GitFiles.exists(file)) {
            sink.skipped(
                    provenance,
                    "Git LFS has not fetched its content, object "
                            + pointer.sha256()
                            + ": `git lfs fetch --all` does");
            return;
        }
        try {
            GitFiles.requireFile(file, Long.MAX_VALUE);
            sink.accept(
                    new Blob(provenance, new Content.Streamed(() -> Files.newInputStream(file))));
        } catch (IOException e) {
            sink.unreadable(
                    provenance, new IOException("its content in Git LFS: " + e.getMessage(), e));
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
        if (shared.isPartialClone && cause.getCause() instanceof MissingObjectException) {
            shared.missing.incrementAndGet();
        } else {
            sink.unreadable(where, cause);
        }
    }

    @Override
    public void skipped(Provenance where, String limit) {
        sink.skipped(where, limit);
    }
}
