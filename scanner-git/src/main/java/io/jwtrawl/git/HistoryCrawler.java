package io.jwtrawl.git;

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
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTag;

/// Crawls everything that any ref of a repository reaches: each blob, commit and tag once.
///
/// Walks commits and trees itself, so that one missing or corrupt object costs only what hangs on it. Blobs are read by
/// whichever threads are free.
final class HistoryCrawler implements Crawler {

    private static final int BATCH = 256;

    private final GitRepository location;

    HistoryCrawler(GitRepository location) {
        this.location = location;
    }

    @Override
    public void crawl(BlobSink sink) throws InterruptedException {
        try (Repository repository = location.open();
                ObjectReader reader = repository.newObjectReader()) {
            new Walk(repository, reader, sink).run();
        } catch (IOException | RuntimeException e) {
            sink.unreadable(new Provenance.LocalFile(location.folder(), location.gitFolder()), e);
        }
    }

    private Provenance provenance(ObjectId id, GitObjectType type) {
        return new Provenance.GitObject(location.folder(), id.name(), type);
    }

    /// An object that was met before.
    private static final class Met extends ObjectIdOwnerMap.Entry {
        Met(ObjectId id) {
            super(id);
        }
    }

    private final class Walk {
        private final Repository repository;
        private final ObjectReader reader;
        private final BlobSink sink;
        private final Set<ObjectId> shallow;
        private final ObjectIdOwnerMap<Met> met = new ObjectIdOwnerMap<>();
        private final Deque<ObjectId> commits = new ArrayDeque<>();
        private final Deque<ObjectId> trees = new ArrayDeque<>();
        private List<ObjectId> batch = new ArrayList<>(BATCH);
        private long pushed;

        Walk(Repository repository, ObjectReader reader, BlobSink sink) throws IOException {
            this.repository = repository;
            this.reader = reader;
            this.sink = sink;
            this.shallow = reader.getShallowCommits();
        }

        void run() throws IOException, InterruptedException {
            for (GitRepository.Tip tip : GitRepository.tips(repository)) {
                begin(tip.target());
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
                    switch (loader.getType()) {
                        case Constants.OBJ_COMMIT -> enqueue(id, commits);
                        case Constants.OBJ_TREE -> enqueue(id, trees);
                        case Constants.OBJ_TAG -> {
                            met.add(new Met(id));
                            byte[] raw = loader.getCachedBytes();
                            push(id, GitObjectType.TAG, raw);
                            id = RevTag.parse(raw).getObject().getId();
                        }
                        default -> blob(id);
                    }
                }
            } catch (IOException | RuntimeException e) {
                sink.unreadable(provenance(id, GitObjectType.COMMIT), BlobReader.explained(e));
            }
        }

        private void commit(ObjectId id) throws InterruptedException {
            try {
                byte[] raw = reader.open(id, Constants.OBJ_COMMIT).getCachedBytes();
                push(id, GitObjectType.COMMIT, raw);
                RawObjects.CommitLinks links = RawObjects.commit(id, raw);
                enqueue(links.tree(), trees);
                if (!shallow.contains(id)) {
                    links.parents().forEach(parent -> enqueue(parent, commits));
                }
            } catch (IOException | RuntimeException e) {
                sink.unreadable(provenance(id, GitObjectType.COMMIT), BlobReader.explained(e));
            }
        }

        private void tree(ObjectId id) throws InterruptedException {
            List<ObjectId> found = new ArrayList<>();
            try {
                byte[] raw = reader.open(id, Constants.OBJ_TREE).getCachedBytes();
                RawObjects.tree(
                        id,
                        raw,
                        (mode, _, _, _, entry) -> {
                            if (FileMode.TREE.equals(mode)) {
                                enqueue(entry, trees);
                            } else if (!FileMode.GITLINK.equals(mode)) {
                                found.add(entry);
                            }
                        });
            } catch (IOException | RuntimeException e) {
                sink.unreadable(
                        new Provenance.GitObject(location.folder(), id.name(), GitObjectType.TREE),
                        BlobReader.explained(e));
            }
            for (ObjectId blob : found) {
                blob(blob);
            }
        }

        private void blob(ObjectId id) throws InterruptedException {
            if (met.contains(id)) {
                return;
            }
            met.add(new Met(id));
            batch.add(id);
            pushed++;
            if (batch.size() == BATCH) {
                forkBatch();
            }
        }

        private void enqueue(ObjectId id, Deque<ObjectId> queue) {
            if (!met.contains(id)) {
                met.add(new Met(id));
                queue.addLast(id);
            }
        }

        private void push(ObjectId id, GitObjectType type, byte[] raw) throws InterruptedException {
            pushed++;
            sink.accept(new Blob(provenance(id, type), new Content.InMemory(raw)));
        }

        private void forkBatch() throws InterruptedException {
            List<ObjectId> blobIds = batch;
            batch = new ArrayList<>(BATCH);
            repository.incrementOpen(); // closed by whoever reads the batch
            sink.fork(part -> {
                try (Repository shared = repository;
                        ObjectReader own = shared.newObjectReader()) {
                    for (ObjectId id : blobIds) {
                        BlobReader.push(own, id, provenance(id, GitObjectType.BLOB), part);
                    }
                }
            });
        }
    }
}
