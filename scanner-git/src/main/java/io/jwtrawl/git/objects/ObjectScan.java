package io.jwtrawl.git.objects;

import io.jwtrawl.source.Blob;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.GitObjectType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Searches the blobs, commits and tags of an [ObjectDatabase], whatever leads to them. Threads share the work; the last of
/// them calls [Ending].
public final class ObjectScan implements Crawler {

    private static final int LOOSE_BATCH = 256;

    /// Entries that leave some ten megabytes behind when they are sorted, or were walked.
    private static final long MANY = 1_000_000;

    private final ObjectDatabase database;
    private final ObjectSelection selection;
    private final ObjectNaming naming;
    private final Ending ending;
    private final List<UnreadObject> unread = Collections.synchronizedList(new ArrayList<>());

    /// Those pushed so far: a second copy of an object holds the same.
    private final Set<ObjectId> pushed = ConcurrentHashMap.newKeySet();

    /// The blobs that a token was seen in.
    private final Set<ObjectId> found = ConcurrentHashMap.newKeySet();

    private final List<PackForest> forests = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger unfinished = new AtomicInteger();
    private final Optional<ReferenceCheck> check;
    private boolean areNamesRead;
    private Optional<Links> links = Optional.empty();

    /// What is to be done when all was searched.
    public interface Ending {
        /// @param sink of the thread that calls this
        /// @param unread copies of wanted objects that could not be searched
        /// @param links what commits and trees name, if a token was seen in a blob; to be closed by whoever takes it
        void searched(BlobSink sink, List<UnreadObject> unread, Optional<Links> links)
                throws InterruptedException;
    }

    /// @param check asked whether all is there, if somebody wants to know
    public ObjectScan(
            ObjectDatabase database,
            ObjectSelection selection,
            ObjectNaming naming,
            Optional<ReferenceCheck> check,
            Ending ending) {
        this.database = database;
        this.selection = selection;
        this.naming = naming;
        this.check = check;
        this.ending = ending;
    }

    @Override
    public void crawl(BlobSink sink) throws InterruptedException {
        unfinished.incrementAndGet();
        for (Pack pack : database.packs()) {
            if (selection.wantsPack(pack.name())) {
                fork(sink, new PackScan(this, pack)::begin);
            }
        }
        var list = new ArrayList<ObjectId>();
        for (LooseObjects folder : database.loose()) {
            list.clear();
            folder.list(list, (file, why) -> sink.unreadable(naming.of(file), why));
            sink.expect(list.size());
            for (int from = 0; from < list.size(); from += LOOSE_BATCH) {
                List<ObjectId> batch =
                        List.copyOf(list.subList(from, Math.min(list.size(), from + LOOSE_BATCH)));
                fork(sink, part -> searchLoose(folder, batch, part));
            }
        }
        finished(sink);
    }

    ObjectDatabase database() {
        return database;
    }

    /// Lets another thread do a part of the scan.
    void fork(BlobSink sink, Crawler part) throws InterruptedException {
        unfinished.incrementAndGet();
        sink.fork(other -> {
            part.crawl(other);
            finished(other);
        });
    }

    private void finished(BlobSink sink) throws InterruptedException {
        if (unfinished.decrementAndGet() == 0) {
            if (!areNamesRead && (!found.isEmpty() || isToBeChecked())) {
                areNamesRead = true;
                readNames(sink);
            } else {
                giveBack();
                ending.searched(sink, unread, links);
            }
        }
    }

    /// Gives back what only walking needs, before what comes next takes memory.
    private void giveBack() {
        long entries = 0;
        for (PackForest forest : forests) {
            forest.walked();
            entries += forest.count();
        }
        if (links.isPresent()) {
            collect(entries);
        }
    }

    /// What was left behind would lie beside what comes next, since the collector rather takes more memory than looks
    /// through the old; of few entries it is not worth the while.
    static void collect(long entries) {
        if (entries > MANY) {
            System.gc();
        }
    }

    private boolean isToBeChecked() {
        return unread.isEmpty() && check.filter(ReferenceCheck::isPassed).isPresent();
    }

    /// Reads what commits and trees name. Threads read it together while they are at it; whoever asks for it afterwards has
    /// one.
    private void readNames(BlobSink sink) throws InterruptedException {
        if (!found.isEmpty()) {
            links = Optional.of(new Links(database, forests, found));
        }
        unfinished.incrementAndGet();
        for (PackForest forest : forests) {
            new SharedWalk(this, forest, _ -> nameVisitor(forest)).begin(sink);
        }
        finished(sink);
    }

    private NameVisitor nameVisitor(PackForest forest) {
        List<NameSink> sinks = new ArrayList<>(2);
        links.ifPresent(read -> sinks.add(read.reader(forest)));
        check.ifPresent(asked -> sinks.add(asked.sink(forest)));
        return new NameVisitor(database.format(), sinks);
    }

    /// Keeps what is known of a pack, for [Links].
    void built(PackForest forest) {
        forests.add(forest);
    }

    private void searchLoose(LooseObjects folder, List<ObjectId> ids, BlobSink sink)
            throws InterruptedException {
        for (ObjectId id : ids) {
            if (selection.wants(id)) {
                searchLoose(folder, id, sink);
            }
        }
    }

    private void searchLoose(LooseObjects folder, ObjectId id, BlobSink sink)
            throws InterruptedException {
        GitObjectType type = GitObjectType.BLOB;
        try {
            Optional<byte[]> bytes = Optional.empty();
            try (LooseObjects.Open open = folder.open(id)) {
                type = open.type();
                if (type == GitObjectType.TREE && check.isEmpty()) {
                    return;
                }
                if (open.size() <= MemoryLimits.LARGE) {
                    bytes = Optional.of(LooseObjects.read(open));
                }
            }
            if (type != GitObjectType.BLOB) {
                check(id, type, bytes);
            }
            if (type == GitObjectType.TREE) {
                return;
            }
            if (bytes.isEmpty()) {
                push(sink, id, type, new Content.Streamed(() -> folder.stream(id)));
                return;
            }
            byte[] whole = bytes.get();
            if (sink.mayHoldToken(whole, 0, whole.length)) {
                push(sink, id, type, new Content.InMemory(whole));
            }
        } catch (IOException | RuntimeException e) {
            unread.add(new UnreadObject(id, type, e, false));
        } catch (OutOfMemoryError e) {
            unread.add(new UnreadObject(id, type, new IOException(e), true));
        }
    }

    private void check(ObjectId id, GitObjectType type, Optional<byte[]> bytes) {
        if (check.isPresent()) {
            bytes.ifPresentOrElse(
                    whole -> check.get().check(id, EntryType.of(type), whole), check.get()::fail);
        }
    }

    /// Searches an object that deserves a closer look, unless another copy was searched.
    void push(BlobSink sink, ObjectId id, GitObjectType type, Content content)
            throws InterruptedException {
        if (selection.wants(id) && pushed.add(id)) {
            if (sink.accept(new Blob(naming.of(id, type), content)) && type == GitObjectType.BLOB) {
                found.add(id);
            }
        }
    }

    /// Tells of a pack that cannot be searched at all.
    void cannotUse(Pack pack, Exception why, BlobSink sink) {
        sink.unreadable(naming.of(pack.file()), why);
    }

    /// Notes an object that could not be searched.
    void cannotRead(UnreadObject object) {
        if (selection.wants(object.id())) {
            unread.add(object);
        }
    }
}
