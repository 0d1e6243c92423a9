package io.jwtrawl.git;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/// One commit of a [CommitGraph].
final class Commit {

    private final ObjectId id;
    private final ObjectId tree;
    private final byte[] raw;
    private List<Commit> parents = List.of();

    Commit(ObjectId id, ObjectId tree, byte[] raw) {
        this.id = id;
        this.tree = tree;
        this.raw = raw;
    }

    void setParents(List<Commit> known) {
        parents = known;
    }

    ObjectId id() {
        return id;
    }

    ObjectId tree() {
        return tree;
    }

    /// Those parents that the repository has.
    List<Commit> parents() {
        return parents;
    }

    boolean isMerge() {
        return parents.size() > 1;
    }

    Optional<PersonIdent> author() {
        return Optional.ofNullable(RevCommit.parse(raw).getAuthorIdent());
    }

    Instant committed() {
        return Instant.ofEpochSecond(RevCommit.parse(raw).getCommitTime());
    }
}
