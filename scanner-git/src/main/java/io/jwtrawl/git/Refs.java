package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectId;
import java.util.Optional;
import java.util.Set;

/// What the refs of a repository lead to.
///
/// @param tips the objects that its refs, the `HEAD` of every worktree, and the stash with all its entries lead to;
///     always in the same order
/// @param ends those that something else than a tag leads to
/// @param head the commit that is checked out
/// @param branch the ref that is checked out, such as `refs/heads/main`
record Refs(
        Set<ObjectId> tips, Set<ObjectId> ends, Optional<ObjectId> head, Optional<String> branch) {

    static Refs of(GitRepository location, Problems problems) {
        return new RefReader(location, problems).read();
    }
}
