package io.jwtrawl.git;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/// What the refs of a repository lead to, for what JGit reads then. [Tips] tells the same of any repository.
///
/// @param tips the objects that its refs, the `HEAD` of every worktree, and the stash with all its entries lead to;
///     always in the same order
/// @param ends those that something else than a tag leads to
/// @param head the commit that is checked out
/// @param branch the ref that is checked out, such as `refs/heads/main`
/// @param byName what each ref leads to, by its full name; through other refs, but not through tags
record Refs(
        Set<ObjectId> tips,
        Set<ObjectId> ends,
        Optional<ObjectId> head,
        Optional<String> branch,
        Map<String, ObjectId> byName) {

    static final IdText<ObjectId> IDS =
            new IdText<>(Constants.OBJECT_ID_STRING_LENGTH, ObjectId::fromString);

    static Refs of(GitRepository location, Problems problems) {
        RefReader.Found<ObjectId> found = new RefReader<>(location, problems, IDS).read();
        return new Refs(found.tips(), found.ends(), found.head(), found.branch(), found.byName());
    }

    /// The same with more objects to begin from, which no branch ends with.
    Refs withTips(Set<ObjectId> more) {
        Set<ObjectId> all = new TreeSet<>(tips);
        all.addAll(more);
        return new Refs(all, ends, head, branch, byName);
    }

    /// The same refs, looked at only from `tips` and `HEAD`.
    ///
    /// @param ends those of `tips` that a branch ends with
    Refs seenFrom(Set<ObjectId> tips, Set<ObjectId> ends) {
        Set<ObjectId> all = new TreeSet<>(tips);
        head.ifPresent(all::add);
        return new Refs(all, new HashSet<>(ends), head, branch, byName);
    }
}
