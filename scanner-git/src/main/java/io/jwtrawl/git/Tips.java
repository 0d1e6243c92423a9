package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the refs of a repository lead to, whatever hash function names its objects.
///
/// @param all the objects that its refs, the `HEAD` of every worktree, and the stash with all its entries lead to; always
///     in the same order
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
        RefReader.Found<ObjectId> found =
                new RefReader<>(
                                location,
                                problems,
                                location.format().digits(),
                                ObjectId::fromString)
                        .read();
        return new Tips(found.tips(), found.ends(), found.head(), found.branch(), found.branches());
    }
}
