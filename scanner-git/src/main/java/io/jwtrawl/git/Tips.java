package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the refs of a repository lead to, whatever hash function names its objects.
///
/// @param all the objects that its refs, the `HEAD` of every worktree, and the stash with all its entries lead to, and
///     maybe what they led to before; always in the same order
/// @param ends those that something else than a tag leads to
/// @param head the commit that is checked out
/// @param branch the ref that is checked out, such as `refs/heads/main`
/// @param branches what each branch, here and at remotes, ends with, by its full name
/// @param byName what each ref leads to, by its full name; through other refs, but not through tags
record Tips(
        Set<ObjectId> all,
        Set<ObjectId> ends,
        Optional<ObjectId> head,
        Optional<String> branch,
        Map<String, ObjectId> branches,
        Map<String, ObjectId> byName) {

    static Tips of(GitRepository location, Problems problems) {
        return new RefReader(location, problems, ids(location)).read();
    }

    /// The same with what refs led to before, what Git notes while it works, and the parents that grafts name, as far as
    /// that is still there.
    static Tips withLogged(GitRepository location, ObjectSource.Reader reader, Problems problems) {
        return of(location, problems)
                .withMore(LoggedTips.of(location, ids(location), reader::has, problems))
                .withMore(Overlay.graftedParents(location, reader::has, problems));
    }

    /// The same with more objects to begin from, which no branch ends with.
    Tips withMore(Set<ObjectId> more) {
        return more.isEmpty() ? this : from(more, all, ends);
    }

    /// The same refs, looked at only from `begin` and `HEAD`.
    ///
    /// @param reached those of `begin` that a branch ends with
    Tips seenFrom(Set<ObjectId> begin, Set<ObjectId> reached) {
        return from(begin, head.map(Set::of).orElse(Set.of()), reached);
    }

    private Tips from(Set<ObjectId> some, Set<ObjectId> others, Set<ObjectId> reached) {
        Set<ObjectId> begin = new TreeSet<>(some);
        begin.addAll(others);
        return new Tips(begin, reached, head, branch, branches, byName);
    }

    /// How the ids of its objects are written.
    static IdText<ObjectId> ids(GitRepository location) {
        return new IdText<>(location.format().digits(), ObjectId::fromString);
    }
}
