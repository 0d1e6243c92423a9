package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectDatabase;
import io.jwtrawl.git.objects.ObjectId;
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
record Tips(
        Set<ObjectId> all,
        Set<ObjectId> ends,
        Optional<ObjectId> head,
        Optional<String> branch,
        Map<String, ObjectId> branches) {

    static Tips of(GitRepository location, Problems problems) {
        RefReader.Found<ObjectId> found = new RefReader<>(location, problems, ids(location)).read();
        return new Tips(found.tips(), found.ends(), found.head(), found.branch(), found.branches());
    }

    /// The same with what refs led to before, and what Git notes while it works, as far as that is still there.
    static Tips withLogged(GitRepository location, ObjectDatabase database, Problems problems) {
        Tips tips = of(location, problems);
        Set<ObjectId> all = new TreeSet<>(tips.all);
        all.addAll(LoggedTips.of(location, ids(location), database::contains, problems));
        return new Tips(all, tips.ends, tips.head, tips.branch, tips.branches);
    }

    /// How the ids of its objects are written.
    static IdText<ObjectId> ids(GitRepository location) {
        return new IdText<>(location.format().digits(), ObjectId::fromString);
    }
}
