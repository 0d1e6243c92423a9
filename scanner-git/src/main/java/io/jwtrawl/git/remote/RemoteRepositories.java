package io.jwtrawl.git.remote;

import io.jwtrawl.git.GitRepositories;
import io.jwtrawl.git.HeapGrowth;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The repositories of a scan that are on other machines: fetches each when its turn comes, then crawls what is here.
public final class RemoteRepositories {

    private final RemoteOptions options;
    private final CloneFolder clones;
    private final GitRepositories repositories;
    private final HeapGrowth heap = new HeapGrowth();

    /// @param clones where they are put; must stay until the scan is over
    /// @param repositories what crawls them once they are here
    public RemoteRepositories(
            RemoteOptions options, CloneFolder clones, GitRepositories repositories) {
        this.options = options;
        this.clones = clones;
        this.repositories = repositories;
    }

    /// Fetches and crawls one. If it cannot be fetched, that is reported, and nothing else is lost.
    public Crawler crawlerFor(RemoteUrl url) {
        return sink -> crawl(url, sink);
    }

    /// Where a repository is put.
    public Path folderOf(RemoteUrl url) {
        return clone(url).folder();
    }

    private RemoteClone clone(RemoteUrl url) {
        return new RemoteClone(url, options, clones, heap);
    }

    private void crawl(RemoteUrl url, BlobSink sink) throws InterruptedException {
        try {
            if (clones.isTemporary()) {
                Path folder = folderOf(url);
                repositories.removeWhenDone(folder, () -> clones.removeOne(folder));
            }
            Path folder = clone(url).fetch();
            url.toUri().ifPresent(uri -> repositories.name(folder, uri));
            Optional<Crawler> crawler = repositories.crawlerFor(folder);
            if (crawler.isEmpty()) {
                throw new IOException("what was fetched is no repository");
            }
            crawler.get().crawl(sink);
        } catch (IOException | RuntimeException e) {
            if (clones.isClosing()) {
                throw new InterruptedException("the scan was cancelled");
            }
            sink.unreadable(new Provenance.RemoteRepository(url.display()), e);
        }
    }
}
