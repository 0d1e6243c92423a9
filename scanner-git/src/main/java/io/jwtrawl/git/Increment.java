package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectDatabase;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/// What of a repository is new since the scans that a memory tells of.
///
/// @param extent how much is to be searched
/// @param refs what refs lead to
/// @param noted what Git noted while it worked, and what grafts name; be it there or not
/// @param logged what only a log leads to, be it there or not
/// @param shallow the commits whose parents were not fetched
/// @param indexes what each index ends with
/// @param head what `HEAD` leads to; empty if to nothing
record Increment(
        Extent extent,
        Set<ObjectId> refs,
        Set<ObjectId> noted,
        Set<ObjectId> logged,
        Set<ObjectId> shallow,
        Set<String> indexes,
        Optional<ObjectId> head) {

    /// How much is to be searched.
    enum Extent {
        EVERYTHING,
        NEWS,
        NOTHING
    }

    /// More than this no branch was moved since long; what they lead to is mostly known by others.
    private static final int MAX_OLD_TIPS = 10_000;

    /// A SHA-1, by which Git tells whether an index is whole.
    private static final int CHECKSUM = 20;

    static Increment of(GitRepository location, RepositoryMemory before) {
        Tips refs = Tips.of(location, Problems.TOLD_ALREADY);
        Set<ObjectId> noted = LoggedTips.noted(location, Tips.ids(location), Problems.TOLD_ALREADY);
        noted.addAll(Overlay.graftedParents(location, _ -> true, Problems.TOLD_ALREADY));
        var found =
                new Increment(
                        Extent.NEWS,
                        refs.all(),
                        noted,
                        LoggedTips.logged(location, Tips.ids(location), Problems.TOLD_ALREADY),
                        location.shallow(Tips.ids(location), Problems.TOLD_ALREADY),
                        indexes(location),
                        refs.head());
        return found.withExtent(found.extentSince(before, location));
    }

    private Increment withExtent(Extent other) {
        return new Increment(other, refs, noted, logged, shallow, indexes, head);
    }

    private Extent extentSince(RepositoryMemory before, GitRepository location) {
        if (before.tips().isEmpty()
                || !shallow.containsAll(before.shallow())
                || isMended(before.holed(), location)) {
            return Extent.EVERYTHING;
        }
        boolean isSame =
                before.tips().containsAll(refs)
                        && before.tips().containsAll(noted)
                        && logged.stream()
                                .allMatch(id ->
                                        before.tips().contains(id) || before.gone().contains(id))
                        && before.unread().isEmpty()
                        && indexes.equals(before.indexes())
                        && head.equals(before.head());
        return isSame ? Extent.NOTHING : Extent.NEWS;
    }

    /// What to begin from, as far as it is there and was not searched.
    Set<ObjectId> begin(RepositoryMemory before, ObjectSource.Reader reader) throws IOException {
        Set<ObjectId> begin = new HashSet<>(refs);
        begin.addAll(present(noted, before.tips(), reader));
        begin.addAll(present(logged, before.tips(), reader));
        begin.removeAll(before.tips());
        return begin;
    }

    private static Set<ObjectId> present(
            Set<ObjectId> ids, Set<ObjectId> known, ObjectSource.Reader reader) throws IOException {
        Set<ObjectId> present = new HashSet<>();
        for (ObjectId id : ids) {
            if (!known.contains(id) && reader.has(id)) {
                present.add(id);
            }
        }
        return present;
    }

    /// What is to be remembered when all of it was searched.
    ///
    /// @param unread blobs that could not be
    /// @param holed commits and trees that could not be
    RepositoryMemory memory(
            RepositoryMemory before,
            ObjectSource.Reader reader,
            Set<ObjectId> unread,
            Set<ObjectId> holed,
            ObjectListings objects,
            Set<String> findings)
            throws IOException {
        Set<ObjectId> tips = new HashSet<>(refs);
        tips.addAll(present(noted, Set.of(), reader));
        Set<ObjectId> gone = new HashSet<>(logged);
        Set<ObjectId> logs = present(logged, Set.of(), reader);
        gone.removeAll(logs);
        tips.addAll(logs);
        if (before.tips().size() <= MAX_OLD_TIPS) {
            tips.addAll(present(before.tips(), tips, reader));
        }
        tips.removeAll(unread);
        tips.removeAll(holed);
        return new RepositoryMemory(
                tips,
                gone,
                shallow,
                unread,
                holed,
                objects.packs(),
                objects.loose(),
                indexes,
                head,
                findings);
    }

    /// All objects that were there when they were looked through.
    ///
    /// @param packs by name
    record ObjectListings(Set<String> packs, Set<ObjectId> loose) {

        static final ObjectListings NONE = new ObjectListings(Set.of(), Set.of());

        /// None if the objects cannot be opened at all, as whoever crawls them says.
        static ObjectListings of(GitRepository location) {
            try (ObjectDatabase database = location.objects(Problems.TOLD_ALREADY)) {
                return new ObjectListings(database.packNames(), database.looseIds());
            } catch (IOException e) {
                return NONE;
            }
        }
    }

    /// Whether something can be read now that could not: what hangs on it was not searched.
    private static boolean isMended(Set<ObjectId> holed, GitRepository location) {
        if (holed.isEmpty()) {
            return false;
        }
        try (ObjectSource store = location.objects(Problems.TOLD_ALREADY);
                ObjectSource.Reader reader = store.newReader()) {
            for (ObjectId id : holed) {
                try {
                    reader.read(id);
                    return true;
                } catch (IOException | RuntimeException e) {
                    // Still broken.
                }
            }
        } catch (IOException e) {
            return true; // whoever searches it says why not
        }
        return false;
    }

    /// For each worktree its index, by what Git wrote at its end.
    private static Set<String> indexes(GitRepository location) {
        Set<String> indexes = new HashSet<>();
        for (GitRepository worktree : location.worktrees()) {
            Path file = worktree.file("index");
            checksum(file).ifPresent(sum -> indexes.add(sum));
        }
        return indexes;
    }

    private static Optional<String> checksum(Path file) {
        if (!GitFiles.exists(file)) {
            return Optional.empty();
        }
        try {
            GitFiles.requireFile(file, Long.MAX_VALUE);
            try (var bytes = new RandomAccessFile(file.toFile(), "r")) {
                byte[] end = new byte[(int) Math.min(CHECKSUM, bytes.length())];
                bytes.seek(bytes.length() - end.length);
                bytes.readFully(end);
                String sum = HexFormat.of().formatHex(end);
                // Git may be told to leave the checksum out.
                return Optional.of(
                        sum.chars().allMatch(c -> c == '0')
                                ? "at-" + Files.getLastModifiedTime(file).toMillis()
                                : sum);
            }
        } catch (IOException e) {
            return Optional.of("unread");
        }
    }
}
