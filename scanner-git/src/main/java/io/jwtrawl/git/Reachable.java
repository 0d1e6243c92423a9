package io.jwtrawl.git;

import io.jwtrawl.git.objects.IdTable;
import io.jwtrawl.git.objects.MissingObjectException;
import io.jwtrawl.git.objects.ObjectDatabase;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectReader;
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

    private final ObjectDatabase database;
    private final ObjectReader reader;
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

    private Reachable(
            ObjectDatabase database, ObjectReader reader, Set<ObjectId> shallow, Lost lost) {
        this.database = database;
        this.reader = reader;
        this.shallow = shallow;
        this.lost = lost;
        met = new IdTable(database.format());
        entries = new TreeCursor(database.format());
    }

    /// @param shallow the commits whose parents are not there, and need not be
    /// @param cancelled whether nobody waits for the outcome any more
    static Reachable from(
            Iterable<ObjectId> tips,
            ObjectDatabase database,
            Set<ObjectId> shallow,
            Lost lost,
            BooleanSupplier cancelled)
            throws InterruptedException {
        try (ObjectReader reader = database.newReader()) {
            var reachable = new Reachable(database, reader, shallow, lost);
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
                PackRawObjects.TagLink link = PackRawObjects.tag(object.bytes(), reader.format());
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
            PackRawObjects.CommitLinks links =
                    PackRawObjects.commit(reader.read(id, GitObjectType.COMMIT), reader.format());
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

    private void blob(ObjectId id) {
        if (isNew(id)) {
            requireThere(id);
        }
    }

    private void requireThere(ObjectId blob) {
        if (!database.contains(blob)) {
            lost.object(blob, GitObjectType.BLOB, new MissingObjectException());
        }
    }
}
