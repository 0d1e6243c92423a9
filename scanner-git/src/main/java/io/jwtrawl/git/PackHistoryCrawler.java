package io.jwtrawl.git;

import io.jwtrawl.git.objects.Links;
import io.jwtrawl.git.objects.ObjectDatabase;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectReader;
import io.jwtrawl.git.objects.ObjectScan;
import io.jwtrawl.git.objects.ObjectSelection;
import io.jwtrawl.git.objects.ReferenceCheck;
import io.jwtrawl.git.objects.StoredObject;
import io.jwtrawl.git.objects.UnreadObject;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.Provenance;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Crawls every blob, commit and tag that a repository has, each once. What no ref reaches is searched with the rest, as
/// that costs less than to tell it from the rest; [HistoryAttribution] leaves out what was found there.
///
/// Whether something is missing is looked into only where it may be: what one pack holds alone was whole when Git wrote it.
/// Otherwise a [ReferenceCheck] tells whether it is worth walking from the refs.
final class PackHistoryCrawler implements Crawler {

    private final GitRepository location;
    private final RepositorySink.Shared pointers;
    private final Consumer<Links> links;
    private final boolean allObjects;
    private final ObjectNames names;

    /// @param pointers knows which content was not fetched that pointers of Git LFS lead to, where those are searched
    /// @param links receives what commits and trees name, if something was found in a file
    /// @param allObjects whether that is named too which cannot be read and no ref leads to
    PackHistoryCrawler(
            GitRepository location,
            RepositorySink.Shared pointers,
            Consumer<Links> links,
            boolean allObjects) {
        this.location = location;
        this.pointers = pointers;
        this.links = links;
        this.allObjects = allObjects;
        names = new ObjectNames(location);
    }

    @Override
    public void crawl(BlobSink sink) throws InterruptedException {
        pointers.expectUnreached();
        Problems problems = problems(sink);
        try {
            ObjectDatabase database = location.objects(problems);
            Tips tips = tips(database, problems);
            Set<ObjectId> shallow = location.shallow(Tips.ids(location), problems);
            boolean isPartial = location.isPartialClone();
            Optional<ReferenceCheck> check =
                    isPartial || database.isOnePack()
                            ? Optional.empty()
                            : Optional.of(new ReferenceCheck(database, shallow));
            new ObjectScan(
                            database,
                            ObjectSelection.ALL,
                            names,
                            check,
                            (last, unread, known) -> {
                                known.ifPresent(links);
                                boolean isWhole =
                                        unread.isEmpty()
                                                && !isPartial
                                                && check.map(ReferenceCheck::isPassed).orElse(true)
                                                && hasAll(database, tips.all());
                                finish(database, tips, shallow, unread, isWhole, last);
                                database.close();
                            })
                    .crawl(sink);
        } catch (IOException | RuntimeException e) {
            problems.unreadable(location.gitFolder(), e);
        } catch (OutOfMemoryError e) {
            sink.skipped(location.provenance(location.gitFolder()), BlobReader.TOO_LARGE);
        }
    }

    private Tips tips(ObjectDatabase database, Problems problems) {
        try (ObjectReader reader = database.newReader()) {
            return Tips.withLogged(location, reader, problems);
        }
    }

    private Problems problems(BlobSink sink) {
        return (file, why) -> sink.unreadable(location.provenance(file), why);
    }

    /// Names what is missing or cannot be read, as far as refs lead there.
    private void finish(
            ObjectDatabase database,
            Tips tips,
            Set<ObjectId> shallow,
            List<UnreadObject> unread,
            boolean isWhole,
            BlobSink sink)
            throws InterruptedException {
        if (isWhole && !pointers.isAnyMissing()) {
            return;
        }
        Map<ObjectId, UnreadObject> byId = new LinkedHashMap<>();
        unread.forEach(object -> byId.putIfAbsent(object.id(), object));
        Set<ObjectId> told = new HashSet<>();
        Reachable reachable =
                Reachable.from(
                        tips.all(),
                        database,
                        shallow,
                        (id, type, why) -> {
                            if (!isWhole && told.add(id)) {
                                sink.unreadable(names.of(id, type), why);
                            }
                        },
                        () -> Thread.currentThread().isInterrupted());
        pointers.tellMissing(blob -> reachable.contains(ObjectId.fromString(blob)), sink);
        try (ObjectReader reader = database.newReader()) {
            for (UnreadObject object : byId.values()) {
                if ((allObjects || reachable.contains(object.id())) && told.add(object.id())) {
                    again(location, object, reader, sink);
                }
            }
        }
    }

    private static boolean hasAll(ObjectDatabase database, Set<ObjectId> ids) {
        for (ObjectId id : ids) {
            if (!database.contains(id)) {
                return false;
            }
        }
        return true;
    }

    /// Looks for another copy of an object that could not be searched, and names it if there is none.
    static void again(
            GitRepository location, UnreadObject object, ObjectReader reader, BlobSink sink)
            throws InterruptedException {
        var names = new ObjectNames(location);
        Provenance place = names.of(object.id(), object.type());
        if (object.tooLarge()) {
            sink.skipped(place, BlobReader.TOO_LARGE);
            return;
        }
        try {
            StoredObject copy = reader.read(object.id());
            sink.accept(
                    new Blob(
                            names.of(object.id(), copy.type()),
                            new Content.InMemory(copy.bytes())));
        } catch (IOException | RuntimeException e) {
            sink.unreadable(place, object.why());
        }
    }
}
