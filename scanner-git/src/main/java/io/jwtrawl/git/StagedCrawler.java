package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.Incident;
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
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/// Crawls what is staged and differs from `HEAD`. As an attribution it drops the tokens that `HEAD` has at the same path
/// already: they are not news.
public final class StagedCrawler implements Crawler, Attribution {

    private final GitRepository location;
    private final PathFilter filter;

    /// For each staged path, the blob that `HEAD` has there.
    private final Map<String, String> before = new HashMap<>();

    StagedCrawler(GitRepository location, PathFilter filter) {
        this.location = location;
        this.filter = filter;
    }

    @Override
    public void crawl(BlobSink sink) throws InterruptedException {
        try (Repository repository = location.open();
                ObjectReader reader = repository.newObjectReader()) {
            DirCache index = repository.readDirCache();
            Map<String, ObjectId> head =
                    index.getEntryCount() == 0 ? Map.of() : headBlobs(repository, reader, index);
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
            sink.unreadable(new Provenance.LocalFile(location.folder(), location.gitFolder()), e);
        }
    }

    @Override
    public List<Sighting> attribute(List<Sighting> sightings, Consumer<Incident> incidents) {
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
            Repository repository, ObjectReader reader, DirCache index) throws IOException {
        Map<String, ObjectId> blobs = new HashMap<>();
        var head = GitRepository.head(repository);
        if (head.isPresent()) {
            try (RevWalk commits = new RevWalk(reader);
                    TreeWalk tree = new TreeWalk(reader)) {
                tree.addTree(commits.parseCommit(head.get()).getTree());
                tree.setRecursive(true);
                while (tree.next()) {
                    if (index.findEntry(tree.getPathString()) >= 0) {
                        blobs.put(tree.getPathString(), tree.getObjectId(0));
                    }
                }
            }
        }
        return blobs;
    }
}
