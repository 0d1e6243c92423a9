package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.PathText;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.TokenId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.util.FS;

/// Crawls what is staged and differs from `HEAD`. As an attribution it drops the tokens that `HEAD` has at the same path
/// already: they are not news.
public final class StagedCrawler implements Crawler, Attribution {

    private static final int MAX_INDEX = 256 * 1024 * 1024;

    private final GitRepository location;
    private final Path indexFile;
    private final PathFilter filter;

    /// For each staged path, the blob that `HEAD` has there.
    private final Map<String, String> before = new HashMap<>();

    StagedCrawler(GitRepository location, Path indexFile, PathFilter filter) {
        this.location = location;
        this.indexFile = indexFile;
        this.filter = filter;
    }

    @Override
    public void crawl(BlobSink sink) throws InterruptedException {
        Problems problems = (file, why) -> sink.unreadable(location.provenance(file), why);
        try (ObjectStore store = location.open(problems);
                ObjectReader reader = store.newReader()) {
            DirCache index = readIndex();
            Map<String, ObjectId> head =
                    index.getEntryCount() == 0
                            ? Map.of()
                            : headBlobs(Refs.of(location, problems).head(), reader, index);
            Set<ObjectId> pushed = new HashSet<>();
            for (int i = 0; i < index.getEntryCount(); i++) {
                DirCacheEntry entry = index.getEntry(i);
                ObjectId old = head.get(entry.getPathString());
                if (isContent(entry) && !entry.getObjectId().equals(old)) {
                    String path = PathText.of(entry.getRawPath());
                    if (filter.acceptsFile(Path.of(path))) {
                        var staged =
                                new Provenance.StagedFile(
                                        location.folder(), entry.getObjectId().name(), path);
                        BlobReader.push(reader, entry.getObjectId(), staged, sink);
                        if (old != null) {
                            before.put(path, old.name());
                            if (pushed.add(old)) {
                                BlobReader.push(reader, old, old(old), sink);
                            }
                        }
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            problems.unreadable(location.gitFolder(), BlobReader.explained(e));
        } catch (OutOfMemoryError e) {
            sink.skipped(location.provenance(location.gitFolder()), BlobReader.TOO_LARGE);
        }
    }

    private DirCache readIndex() throws IOException {
        if (!GitFiles.exists(indexFile)) {
            return DirCache.newInCore();
        }
        GitFiles.requireFile(indexFile, MAX_INDEX);
        return DirCache.read(indexFile.toFile(), FS.DETECTED);
    }

    @Override
    public List<Sighting> attribute(List<Sighting> sightings, Scan scan) {
        Map<String, Set<TokenId>> known = new HashMap<>();
        for (Sighting sighting : sightings) {
            if (sighting.provenance().outermost() instanceof Provenance.GitObject(_, var blob, _)) {
                known.computeIfAbsent(blob, _ -> new HashSet<>()).add(sighting.token().id());
            }
        }
        return sightings.stream().filter(sighting -> isNews(sighting, known)).toList();
    }

    private boolean isNews(Sighting sighting, Map<String, Set<TokenId>> known) {
        return sighting.provenance().outermost() instanceof Provenance.StagedFile(_, _, var path)
                && !known.getOrDefault(before.getOrDefault(path, ""), Set.of())
                        .contains(sighting.token().id());
    }

    private Provenance old(ObjectId blob) {
        return new Provenance.GitObject(location.folder(), blob.name(), GitObjectType.BLOB);
    }

    /// Submodules have no content, nor has what `git add --intent-to-add` only announces.
    private static boolean isContent(DirCacheEntry entry) {
        return !entry.isIntentToAdd() && !FileMode.GITLINK.equals(entry.getFileMode());
    }

    private static Map<String, ObjectId> headBlobs(
            Optional<ObjectId> head, ObjectReader reader, DirCache index) throws IOException {
        Map<String, ObjectId> blobs = new HashMap<>();
        if (head.isPresent()) {
            byte[] commit = reader.open(head.get(), Constants.OBJ_COMMIT).getCachedBytes();
            try (TreeWalk tree = new TreeWalk(reader)) {
                tree.addTree(
                        ObjectId.fromString(
                                RawObjects.commit(commit, HashFormat.SHA1).tree().name()));
                while (tree.next()) {
                    if (!tree.isSubtree()) {
                        if (index.findEntry(tree.getPathString()) >= 0) {
                            blobs.put(tree.getPathString(), tree.getObjectId(0));
                        }
                    } else if (index.getEntriesWithin(tree.getPathString()).length > 0) {
                        tree.enterSubtree(); // never more of a tree than the index has
                    }
                }
            }
        }
        return blobs;
    }
}
