package io.jwtrawl.git;

import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.git.objects.TreeCursor;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.Provenance;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevTag;

/// Crawls everything that any ref of a repository reaches, each blob, commit and tag once, as JGit reads it.
///
/// Walks commits and trees itself, so that one missing or corrupt object costs only what hangs on it. Blobs are read by
/// whichever threads are free.
final class HistoryCrawler implements Crawler {

    private static final int BATCH = 256;

    private final GitRepository location;
    private final ObjectIdOwnerMap<Met> met = new ObjectIdOwnerMap<>();

    HistoryCrawler(GitRepository location) {
        this.location = location;
    }

    @Override
    public void crawl(BlobSink sink) throws InterruptedException {
        Problems problems = (file, why) -> sink.unreadable(location.provenance(file), why);
        try (ObjectStore store = location.open(problems);
                ObjectStore.Reader reader = store.newReader()) {
            new Walk(store, reader, sink).run(Tips.withLogged(location, reader, problems));
        } catch (IOException | RuntimeException e) {
            problems.unreadable(location.gitFolder(), BlobReader.explained(e));
        } catch (OutOfMemoryError e) {
            sink.skipped(location.provenance(location.gitFolder()), BlobReader.TOO_LARGE);
        }
    }

    /// Whether a ref leads to the object; known when [#crawl] has returned.
    boolean hasMet(io.jwtrawl.git.objects.ObjectId id) {
        return met.contains(ObjectId.fromString(id.name()));
    }

    private Provenance provenance(ObjectId id, GitObjectType type) {
        return new Provenance.GitObject(location.commonName(), id.name(), type);
    }

    /// An object that was met before.
    private static final class Met extends ObjectIdOwnerMap.Entry {
        Met(ObjectId id) {
            super(id);
        }
    }

    private final class Walk {
        private final ObjectStore store;
        private final ObjectReader reader;
        private final BlobSink sink;
        private final Deque<ObjectId> commits = new ArrayDeque<>();
        private final Deque<ObjectId> trees = new ArrayDeque<>();
        private List<ObjectId> batch = new ArrayList<>(BATCH);
        private final TreeCursor entries = new TreeCursor(HashFormat.SHA1);
        private long pushed;

        Walk(ObjectStore store, ObjectReader reader, BlobSink sink) {
            this.store = store;
            this.reader = reader;
            this.sink = sink;
        }

        void run(Tips tips) throws InterruptedException {
            for (io.jwtrawl.git.objects.ObjectId tip : tips.all()) {
                begin(ObjectId.fromString(tip.name()));
            }
            while (!commits.isEmpty()) {
                commit(commits.removeFirst());
                while (!trees.isEmpty()) {
                    tree(trees.removeLast());
                }
            }
            forkBatch();
            sink.expect(pushed);
        }

        /// Takes up whatever a ref points to, through any number of tags.
        private void begin(ObjectId tip) throws InterruptedException {
            ObjectId id = tip;
            try {
                while (!met.contains(id)) {
                    ObjectLoader loader = reader.open(id);
                    if (loader.getType() == Constants.OBJ_BLOB) {
                        blob(id);
                        return;
                    }
                    Met reached = meet(id);
                    switch (loader.getType()) {
                        case Constants.OBJ_COMMIT -> commits.addLast(reached);
                        case Constants.OBJ_TREE -> trees.addLast(reached);
                        default -> {
                            byte[] raw = loader.getCachedBytes();
                            push(id, GitObjectType.TAG, raw);
                            id = RevTag.parse(raw).getObject().getId();
                        }
                    }
                }
            } catch (IOException | RuntimeException e) {
                if (!met.contains(id)) {
                    meet(id);
                }
                sink.unreadable(provenance(id, GitObjectType.COMMIT), BlobReader.explained(e));
            }
        }

        private void commit(ObjectId id) throws InterruptedException {
            try {
                byte[] raw = reader.open(id, Constants.OBJ_COMMIT).getCachedBytes();
                push(id, GitObjectType.COMMIT, raw);
                RawObjects.CommitLinks links = RawObjects.commit(raw, store.format());
                enqueue(ObjectId.fromString(links.tree().name()), trees);
                if (!store.shallow().contains(id)) {
                    for (io.jwtrawl.git.objects.ObjectId parent : links.parents()) {
                        enqueue(ObjectId.fromString(parent.name()), commits);
                    }
                }
            } catch (IOException | RuntimeException e) {
                sink.unreadable(provenance(id, GitObjectType.COMMIT), BlobReader.explained(e));
            }
        }

        private void tree(ObjectId id) throws InterruptedException {
            List<ObjectId> found = new ArrayList<>();
            try {
                byte[] raw = reader.open(id, Constants.OBJ_TREE).getCachedBytes();
                entries.begin(raw, 0, raw.length);
                while (entries.advance()) {
                    ObjectId entry = ObjectId.fromRaw(raw, entries.idStart());
                    if (entries.isTree()) {
                        enqueue(entry, trees);
                    } else if (!entries.isGitlink()) {
                        found.add(entry);
                    }
                }
            } catch (IOException | RuntimeException e) {
                sink.unreadable(provenance(id, GitObjectType.TREE), BlobReader.explained(e));
            }
            for (ObjectId blob : found) {
                blob(blob);
            }
        }

        private void blob(ObjectId id) throws InterruptedException {
            if (met.contains(id)) {
                return;
            }
            batch.add(meet(id));
            pushed++;
            if (batch.size() == BATCH) {
                forkBatch();
            }
        }

        private void enqueue(ObjectId id, Deque<ObjectId> queue) {
            if (!met.contains(id)) {
                queue.addLast(meet(id));
            }
        }

        private Met meet(ObjectId id) {
            var first = new Met(id);
            met.add(first);
            return first;
        }

        private void push(ObjectId id, GitObjectType type, byte[] raw) throws InterruptedException {
            pushed++;
            sink.accept(new Blob(provenance(id, type), new Content.InMemory(raw)));
        }

        private void forkBatch() throws InterruptedException {
            List<ObjectId> blobIds = batch;
            batch = new ArrayList<>(BATCH);
            store.share(); // closed by whoever reads the batch
            sink.fork(part -> {
                try (ObjectStore shared = store;
                        ObjectReader own = shared.newReader()) {
                    for (ObjectId id : blobIds) {
                        BlobReader.push(own, id, provenance(id, GitObjectType.BLOB), part);
                    }
                }
            });
        }
    }
}
