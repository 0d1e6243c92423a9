package io.jwtrawl.git;

import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/// What the refs of a repository lead to, for what JGit reads then. [Tips] tells the same of any repository.
///
/// @param tips the objects that its refs, the `HEAD` of every worktree, and the stash with all its entries lead to;
///     always in the same order
/// @param ends those that something else than a tag leads to
/// @param head the commit that is checked out
/// @param branch the ref that is checked out, such as `refs/heads/main`
record Refs(
        Set<ObjectId> tips, Set<ObjectId> ends, Optional<ObjectId> head, Optional<String> branch) {

    static Refs of(GitRepository location, Problems problems) {
        RefReader.Found<ObjectId> found =
                new RefReader<>(
                                location,
                                problems,
                                Constants.OBJECT_ID_STRING_LENGTH,
                                ObjectId::fromString)
                        .read();
        return new Refs(found.tips(), found.ends(), found.head(), found.branch());
    }
}
