package io.jwtrawl.git;

import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

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
        try (ObjectStore store = location.open(Problems.TOLD_ALREADY);
                ObjectReader reader = store.newReader()) {
            crawl(reader, sink);
        } catch (IOException | RuntimeException e) {
            // Whoever crawled the history has told that there are no objects to be read.
        }
    }

    private void crawl(ObjectReader reader, BlobSink sink) throws InterruptedException {
        List<StagedChanges.Change> changes;
        try {
            changes = StagedChanges.read(location.file("index"), head(reader), reader);
        } catch (IOException | RuntimeException e) {
            sink.unreadable(location.provenance(location.file("index")), BlobReader.explained(e));
            return;
        }
        Set<ObjectId> pushed = new HashSet<>();
        for (StagedChanges.Change change : changes) {
            if (filter.acceptsFile(Path.of(change.path())) && pushed.add(change.blob())) {
                BlobReader.push(
                        reader,
                        change.blob(),
                        new Provenance.StagedFile(
                                location.folder(), change.blob().name(), change.path()),
                        sink);
            }
        }
    }

    /// What is missing was told by whoever crawled the history; then all that is in the index counts.
    private Optional<ObjectId> head(ObjectReader reader) throws IOException {
        Optional<ObjectId> head = Refs.of(location, Problems.TOLD_ALREADY).head();
        return head.isPresent() && reader.has(head.get()) ? head : Optional.empty();
    }
}
