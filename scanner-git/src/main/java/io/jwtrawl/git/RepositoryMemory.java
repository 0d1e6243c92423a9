package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectId;
import java.util.Optional;
import java.util.Set;

/// What earlier scans searched of one repository. No token is in it, nor anything that a token says.
///
/// @param tips objects that were searched with all that they lead to
/// @param gone objects that only a log led to, and that were not there
/// @param shallow the commits whose parents had not been fetched
/// @param unread blobs that could not be searched to their ends
/// @param holed commits and trees that could not be read
/// @param packs packs of which every object was searched, by name; none unless all objects were asked for
/// @param loose objects with a file each that were searched; none unless all objects were asked for
/// @param indexes what each index ended with, Git's checksum of it, by worktree
/// @param head what `HEAD` led to, which an index is compared with; empty if to nothing
/// @param findings fingerprints of what was reported
record RepositoryMemory(
        Set<ObjectId> tips,
        Set<ObjectId> gone,
        Set<ObjectId> shallow,
        Set<ObjectId> unread,
        Set<ObjectId> holed,
        Set<String> packs,
        Set<ObjectId> loose,
        Set<String> indexes,
        Optional<ObjectId> head,
        Set<String> findings) {

    // Those that a record has by itself take milliseconds to make.

    @Override
    public boolean equals(Object other) {
        return other instanceof RepositoryMemory memory
                && tips.equals(memory.tips)
                && gone.equals(memory.gone)
                && shallow.equals(memory.shallow)
                && unread.equals(memory.unread)
                && holed.equals(memory.holed)
                && packs.equals(memory.packs)
                && loose.equals(memory.loose)
                && indexes.equals(memory.indexes)
                && head.equals(memory.head)
                && findings.equals(memory.findings);
    }

    @Override
    public int hashCode() {
        return 31 * tips.hashCode() + findings.hashCode();
    }

    /// Of a repository that was never searched.
    static final RepositoryMemory NOTHING = ofFindings(Set.of());

    /// What was reported, and nothing else: all is to be searched again.
    static RepositoryMemory ofFindings(Set<String> reported) {
        return new RepositoryMemory(
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Optional.empty(),
                reported);
    }
}
