package io.jwtrawl.files;

import io.jwtrawl.source.Blob;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.Provenance;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Crawls a file, or everything below a folder, hidden files included.
///
/// Symbolic links are not followed and devices, pipes and sockets not read, except where the user named one as the
/// target. Git's object folders are left to the crawler that [NestedPlaces] gives for the repository.
public final class FileCrawler implements Crawler {

    /// So many files of one folder are searched by one thread in a row.
    private static final int BATCH = 128;

    private final Path root;
    private final PathFilter filter;
    private final NestedPlaces nested;

    public FileCrawler(Path root, PathFilter filter, NestedPlaces nested) {
        this.root = root;
        this.filter = filter;
        this.nested = nested;
    }

    @Override
    public void crawl(BlobSink sink) throws InterruptedException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(root, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                crawlFolder(root, sink);
            } else {
                sink.accept(blob(root, attributes.size(), sink));
            }
        } catch (IOException e) {
            sink.unreadable(new Provenance.LocalFile(root, root), e);
        }
    }

    private void crawlFolder(Path folder, BlobSink sink) throws InterruptedException {
        var listing = new Listing();
        List<Entry> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                BasicFileAttributes attributes;
                try {
                    attributes =
                            Files.readAttributes(
                                    entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                } catch (IOException e) {
                    sink.unreadable(new Provenance.LocalFile(root, entry), e);
                    continue;
                }
                if (attributes.isDirectory()) {
                    listing.folder(entry);
                } else if (attributes.isRegularFile()) {
                    listing.file(entry);
                    if (filter.acceptsFile(root.relativize(entry))) {
                        files.add(new Entry(entry, attributes.size()));
                        if (files.size() == BATCH) {
                            List<Entry> batch = List.copyOf(files);
                            files.clear();
                            sink.fork(part -> crawlFiles(batch, part));
                        }
                    }
                }
            }
        } catch (IOException e) {
            sink.unreadable(new Provenance.LocalFile(root, folder), e);
        } catch (DirectoryIteratorException e) {
            sink.unreadable(
                    new Provenance.LocalFile(root, folder),
                    new IOException("cannot be listed to its end", e));
        }
        boolean isRepository = forkRepository(folder, listing, sink);
        for (Path subfolder : listing.folders) {
            boolean objects =
                    isRepository && listing.isGitFolder() && subfolder.endsWith("objects");
            if (!objects && filter.mayEnter(root.relativize(subfolder))) {
                sink.fork(part -> crawlFolder(subfolder, part));
            }
        }
        crawlFiles(files, sink);
    }

    /// @return whether `folder` is a Git folder whose objects another crawler reads
    private boolean forkRepository(Path folder, Listing listing, BlobSink sink)
            throws InterruptedException {
        Optional<Path> gitFile = listing.gitFile;
        Optional<Crawler> crawler =
                listing.isGitFolder()
                        ? nested.crawlerFor(folder)
                        : gitFile.flatMap(nested::crawlerFor);
        if (crawler.isPresent()) {
            sink.fork(crawler.get());
        }
        return crawler.isPresent();
    }

    private void crawlFiles(List<Entry> files, BlobSink sink) throws InterruptedException {
        for (Entry entry : files) {
            sink.accept(blob(entry.file(), entry.size(), sink));
        }
    }

    private Blob blob(Path file, long size, BlobSink sink) {
        var provenance = new Provenance.LocalFile(root, file);
        return new Blob(
                provenance,
                new Content.Streamed(() ->
                        new GrowingFileStream(
                                Files.newInputStream(file),
                                size,
                                () -> sink.skipped(provenance, GrowingFileStream.LIMIT_TEXT))));
    }

    private record Entry(Path file, long size) {}

    /// What tells a Git folder from any other, gathered while it is listed.
    private static final class Listing {
        final List<Path> folders = new ArrayList<>();
        Optional<Path> gitFile = Optional.empty();
        private boolean head;
        private boolean objects;
        private boolean refs;

        void folder(Path folder) {
            folders.add(folder);
            objects |= folder.endsWith("objects");
            refs |= folder.endsWith("refs");
        }

        void file(Path file) {
            head |= file.endsWith("HEAD");
            if (file.endsWith(".git")) {
                gitFile = Optional.of(file);
            }
        }

        boolean isGitFolder() {
            return head && objects && refs;
        }
    }
}
