package io.jwtrawl.git;

import io.jwtrawl.git.objects.IdTable;
import io.jwtrawl.git.objects.MissingObjectException;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
import io.jwtrawl.git.objects.StoredObject;
import io.jwtrawl.git.objects.TreeCursor;
import io.jwtrawl.source.GitObjectType;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// The objects that refs lead to. Walks commits and trees itself, so that one that is missing or broken costs only what
/// hangs on it.
///
/// Takes some thirty bytes for each object.
final class Reachable {

    private final ObjectSource.Reader reader;
    private final Set<ObjectId> shallow;
    private final Lost lost;
    private final IdTable met;
    private final TreeCursor entries;
    private final Deque<ObjectId> commits = new ArrayDeque<>();
    private final Deque<ObjectId> trees = new ArrayDeque<>();

    /// Learns of each object that is lead to and is not there, or leads to others that nobody knows.
    interface Lost {
        void object(ObjectId id, GitObjectType type, Exception why);
    }

    private Reachable(ObjectSource.Reader reader, Set<ObjectId> shallow, Lost lost) {
        this.reader = reader;
        this.shallow = shallow;
        this.lost = lost;
        met = new IdTable(reader.format());
        entries = new TreeCursor(reader.format());
    }

    /// @param shallow the commits whose parents are not there, and need not be
    /// @param cancelled whether nobody waits for the outcome any more
    static Reachable from(
            Iterable<ObjectId> tips,
            ObjectSource source,
            Set<ObjectId> shallow,
            Lost lost,
            BooleanSupplier cancelled)
            throws InterruptedException {
        try (ObjectSource.Reader reader = source.newReader()) {
            var reachable = new Reachable(reader, shallow, lost);
            for (ObjectId tip : tips) {
                reachable.begin(tip);
            }
            reachable.walk(cancelled);
            return reachable;
        }
    }

    boolean contains(ObjectId id) {
        return met.find(id) >= 0;
    }

    private void walk(BooleanSupplier cancelled) throws InterruptedException {
        while (!commits.isEmpty() || !trees.isEmpty()) {
            while (!trees.isEmpty()) {
                Cancellation.check(cancelled);
                tree(trees.removeLast());
            }
            if (!commits.isEmpty()) {
                Cancellation.check(cancelled);
                commit(commits.removeFirst());
            }
        }
    }

    /// Takes up whatever a ref leads to, through any number of tags.
    private void begin(ObjectId tip) {
        ObjectId id = tip;
        GitObjectType type = GitObjectType.COMMIT;
        try {
            while (isNew(id)) {
                StoredObject object = reader.read(id);
                type = object.type();
                if (type != GitObjectType.TAG) {
                    if (type == GitObjectType.COMMIT) {
                        commits.addLast(id);
                    } else if (type == GitObjectType.TREE) {
                        trees.addLast(id);
                    }
                    return;
                }
                RawObjects.TagLink link = RawObjects.tag(object.bytes(), reader.format());
                id = link.object();
                type = link.type();
                if (type == GitObjectType.BLOB) {
                    blob(id);
                    return;
                }
            }
        } catch (IOException | RuntimeException e) {
            lost.object(id, type, e);
        }
    }

    private boolean isNew(ObjectId id) {
        int known = met.size();
        return met.number(id) == known;
    }

    private void commit(ObjectId id) {
        try {
            RawObjects.CommitLinks links =
                    RawObjects.commit(reader.read(id, GitObjectType.COMMIT), reader.format());
            if (isNew(links.tree())) {
                trees.addLast(links.tree());
            }
            if (!shallow.contains(id)) {
                for (ObjectId parent : links.parents()) {
                    if (isNew(parent)) {
                        commits.addLast(parent);
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            lost.object(id, GitObjectType.COMMIT, e);
        }
    }

    private void tree(ObjectId id) {
        int idLength = reader.format().length();
        try {
            byte[] raw = reader.read(id, GitObjectType.TREE);
            entries.begin(raw, 0, raw.length);
            while (entries.advance()) {
                int known = met.size();
                if (entries.isGitlink() || met.number(raw, entries.idStart()) != known) {
                    continue;
                }
                ObjectId entry = ObjectId.fromRaw(raw, entries.idStart(), idLength);
                if (entries.isTree()) {
                    trees.addLast(entry);
                } else {
                    requireThere(entry);
                }
            }
        } catch (IOException | RuntimeException e) {
            lost.object(id, GitObjectType.TREE, e);
        }
    }

    private void blob(ObjectId id) throws IOException {
        if (isNew(id)) {
            requireThere(id);
        }
    }

    private void requireThere(ObjectId blob) throws IOException {
        if (!reader.has(blob)) {
            lost.object(blob, GitObjectType.BLOB, new MissingObjectException());
        }
    }
}
