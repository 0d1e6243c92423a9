package io.jwtrawl.git;

import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/// What `HEAD` leads to, for what JGit reads then. [Tips] tells more, and of any repository.
///
/// @param head the commit that is checked out
record Refs(Optional<ObjectId> head) {

    static final IdText<ObjectId> IDS =
            new IdText<>(Constants.OBJECT_ID_STRING_LENGTH, ObjectId::fromString);

    static Refs of(GitRepository location, Problems problems) {
        return new Refs(new RefReader<>(location, problems, IDS).read().head());
    }
}
