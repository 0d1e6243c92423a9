package io.jwtrawl.git;

import io.jwtrawl.git.index.StagedChange;
import io.jwtrawl.git.objects.BlobContent;
import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.git.objects.ObjectDatabase;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectReader;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.PathText;
import io.jwtrawl.source.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Crawls what is in the index of a worktree and differs from `HEAD`: no ref need lead to it, nor need it be in any file.
final class IndexCrawler implements Crawler {

    private final GitRepository location;
    private final PathFilter filter;

    IndexCrawler(GitRepository location, PathFilter filter) {
        this.location = location;
        this.filter = filter;
    }

    @Override
    public void crawl(BlobSink sink) throws InterruptedException {
        if (!GitFiles.exists(location.file("index"))) {
            return;
        }
        // Whoever crawled the history has told what of the objects cannot be read.
        try (ObjectDatabase database = location.objects(Problems.TOLD_ALREADY);
                ObjectReader reader = database.newReader()) {
            crawl(database, reader, sink);
        } catch (IOException | RuntimeException e) {
            // As above.
        }
    }

    private void crawl(ObjectDatabase database, ObjectReader reader, BlobSink sink)
            throws InterruptedException {
        List<StagedChange> changes;
        try {
            changes =
                    StagedFiles.read(location, location.file("index"), head(database), reader)
                            .changes();
        } catch (IOException | RuntimeException e) {
            sink.unreadable(location.provenance(location.file("index")), e);
            return;
        }
        Set<ObjectId> pushed = new HashSet<>();
        for (StagedChange change : changes) {
            String path = PathText.of(change.path());
            if (filter.acceptsFile(Path.of(path)) && pushed.add(change.blob())) {
                push(
                        database,
                        reader,
                        change.blob(),
                        new Provenance.StagedFile(location.folder(), change.blob().name(), path),
                        sink);
            }
        }
    }

    /// Pushes a blob, or tells why it cannot be read.
    ///
    /// @return whether something was seen in it, as far as is known
    static boolean push(
            ObjectDatabase database,
            ObjectReader reader,
            ObjectId id,
            Provenance where,
            BlobSink sink)
            throws InterruptedException {
        try {
            Content content = BlobContent.of(database, reader, id);
            boolean seen = sink.accept(new Blob(where, content));
            return seen
                    || content instanceof Content.Streamed; // other threads may have taken parts
        } catch (IOException | RuntimeException e) {
            sink.unreadable(where, e);
        } catch (OutOfMemoryError e) {
            sink.skipped(where, BlobReader.TOO_LARGE);
        }
        return false;
    }

    /// What is missing was told by whoever crawled the history; then all that is in the index counts.
    private Optional<ObjectId> head(ObjectDatabase database) {
        try {
            HashFormat format = database.format();
            return HeadReader.read(location, format).filter(database::contains);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
