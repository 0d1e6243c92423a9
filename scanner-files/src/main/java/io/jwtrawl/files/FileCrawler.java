package io.jwtrawl.files;

import io.jwtrawl.files.unpack.ImageFolder;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.nio.file.Files;
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

    /// What is compressed so is told by its name alone.
    private static final byte[] BROTLI = {'.', 'b', 'r'};

    private final Path root;
    private final FileSelection selection;
    private final PathFilter filter;
    private final NestedPlaces nested;
    private final Folder.Opener opener;

    public FileCrawler(Path root, PathFilter filter, NestedPlaces nested) {
        this(root, FileSelection.of(filter), nested);
    }

    /// @param selection shared by all crawlers of a scan
    public FileCrawler(Path root, FileSelection selection, NestedPlaces nested) {
        this(root, selection, nested, Folder.Opener.cheapest());
    }

    FileCrawler(Path root, FileSelection selection, NestedPlaces nested, Folder.Opener opener) {
        this.opener = opener;
        this.root = root;
        this.selection = selection;
        this.filter = selection.filter();
        this.nested = nested;
    }

    @Override
    public void crawl(BlobSink sink) throws InterruptedException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(root, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                crawlFolder(root, IgnoreRules.NONE, sink);
            } else if (attributes.isRegularFile()) {
                if (selection.asksForAttributes() && !selection.wants(root)) {
                    return;
                }
                search(root, () -> PortableFile.open(root), sink);
            } else {
                sink.accept(
                        new Blob(
                                new Provenance.LocalFile(root, root),
                                new Content.Streamed(() -> Files.newInputStream(root))));
            }
        } catch (IOException e) {
            sink.unreadable(new Provenance.LocalFile(root, root), e);
        }
    }

    /// @param outer what the folders above leave out
    private void crawlFolder(Path path, IgnoreRules outer, BlobSink sink)
            throws InterruptedException {
        try (Folder folder = opener.open(path)) {
            List<Folder.Entry> entries = new ArrayList<>();
            try {
                folder.list(entries::add);
            } catch (IOException e) {
                sink.unreadable(new Provenance.LocalFile(root, path), e);
            }
            var listing = new Listing(entries);
            boolean isRepository = forkRepository(path, listing, sink);
            if (listing.isImageLayout()) {
                sink.fork(new ImageFolder(root, path));
            }
            IgnoreRules rules = ignoreRules(path, listing, outer, sink);
            List<Folder.Entry> files = new ArrayList<>();
            for (Folder.Entry entry : entries) {
                if (!rules.isEmpty()
                        && rules.ignores(entry.path(), entry.kind() == Folder.Kind.FOLDER)) {
                    selection.ignore();
                } else if (entry.kind() == Folder.Kind.FILE) {
                    if (filter.isAll() || filter.acceptsFile(root.relativize(entry.path()))) {
                        files.add(entry);
                    }
                } else if (entry.kind() == Folder.Kind.FOLDER) {
                    boolean objects =
                            isRepository && listing.isGitFolder() && entry.isNamed(Listing.OBJECTS);
                    Path subfolder = entry.path();
                    if (!objects
                            && filter.mayEnter(root.relativize(subfolder))
                            && selection.mayEnter(subfolder)) {
                        sink.fork(part -> crawlFolder(subfolder, rules, part));
                    }
                }
            }
            for (int i = BATCH; i < files.size(); i += BATCH) {
                List<Folder.Entry> batch =
                        List.copyOf(files.subList(i, Math.min(i + BATCH, files.size())));
                sink.fork(part -> crawlBatch(path, batch, part));
            }
            searchAll(folder, files.subList(0, Math.min(BATCH, files.size())), sink);
        } catch (IOException e) {
            sink.unreadable(new Provenance.LocalFile(root, path), e);
        }
    }

    private IgnoreRules ignoreRules(Path path, Listing listing, IgnoreRules outer, BlobSink sink) {
        if (!selection.obeysIgnoreFiles() || listing.ignoreFile().isEmpty()) {
            return outer;
        }
        try {
            return outer.within(path);
        } catch (IOException e) {
            sink.unreadable(new Provenance.LocalFile(root, listing.ignoreFile().get()), e);
            return outer;
        }
    }

    private void crawlBatch(Path path, List<Folder.Entry> files, BlobSink sink)
            throws InterruptedException {
        try (Folder folder = opener.open(path)) {
            searchAll(folder, files, sink);
        } catch (IOException e) {
            sink.unreadable(new Provenance.LocalFile(root, path), e);
        }
    }

    private void searchAll(Folder folder, List<Folder.Entry> files, BlobSink sink)
            throws InterruptedException {
        boolean asks = selection.asksForAttributes();
        for (Folder.Entry file : files) {
            if (asks && !selection.wants(file.path())) {
                continue;
            }
            boolean isSearched =
                    !file.endsWith(BROTLI)
                            && sink.acceptSmall(
                                    () -> new Provenance.LocalFile(root, file.path()),
                                    bytes -> folder.readWhole(file, bytes));
            if (!isSearched && !selection.links().isAgain(root, file.path())) {
                search(file.path(), () -> folder.read(file), sink);
            }
        }
    }

    private void search(Path file, FileOpener opener, BlobSink sink) throws InterruptedException {
        var provenance = new Provenance.LocalFile(root, file);
        sink.accept(
                new Blob(
                        provenance,
                        new Content.Streamed(() ->
                                new GrowingFileStream(
                                        opener.open(),
                                        file,
                                        () ->
                                                sink.skipped(
                                                        provenance,
                                                        GrowingFileStream.LIMIT_TEXT)))));
    }

    private interface FileOpener {
        SeekableStream open() throws IOException;
    }

    /// @return whether `folder` is a Git folder whose objects another crawler reads
    private boolean forkRepository(Path folder, Listing listing, BlobSink sink)
            throws InterruptedException {
        Optional<Crawler> crawler =
                listing.isGitFolder()
                        ? nested.crawlerFor(folder)
                        : listing.gitFile().flatMap(nested::crawlerFor);
        if (crawler.isPresent()) {
            sink.fork(crawler.get());
        }
        return crawler.isPresent();
    }

    /// What tells a Git folder from any other.
    private static final class Listing {
        static final String OBJECTS = "objects";

        private Optional<Path> gitFile = Optional.empty();
        private boolean head;
        private boolean objects;
        private boolean refs;
        private boolean ociLayout;
        private Optional<Path> ignoreFile = Optional.empty();

        /// A link counts as what it may lead to: the crawler for the repository says if that is nothing good.
        Listing(List<Folder.Entry> entries) {
            for (Folder.Entry entry : entries) {
                boolean mayBeFolder = entry.kind() != Folder.Kind.FILE;
                boolean mayBeFile = entry.kind() != Folder.Kind.FOLDER;
                objects |= mayBeFolder && entry.isNamed(OBJECTS);
                refs |= mayBeFolder && entry.isNamed("refs");
                ociLayout |= mayBeFile && entry.isNamed("oci-layout");
                head |= mayBeFile && entry.isNamed("HEAD");
                if (entry.kind() == Folder.Kind.FILE && entry.isNamed(IgnoreRules.FILE)) {
                    ignoreFile = Optional.of(entry.path());
                }
                if (mayBeFile && entry.isNamed(".git")) {
                    gitFile = Optional.of(entry.path());
                }
            }
        }

        Optional<Path> gitFile() {
            return gitFile;
        }

        Optional<Path> ignoreFile() {
            return ignoreFile;
        }

        boolean isImageLayout() {
            return ociLayout;
        }

        boolean isGitFolder() {
            return head && objects && refs;
        }
    }
}
