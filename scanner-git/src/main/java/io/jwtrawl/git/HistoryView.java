package io.jwtrawl.git;

import io.jwtrawl.git.objects.Links;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/// How the history of a repository is looked at when findings are told where they came from.
interface HistoryView {

    /// The objects that are looked at.
    ObjectSource open(GitRepository location) throws IOException;

    /// What to begin from.
    Tips tips(GitRepository location, ObjectSource.Reader reader);

    /// The commits whose parents do not count.
    default Set<ObjectId> cut(GitRepository location) {
        return location.shallow(Tips.ids(location), Problems.TOLD_ALREADY);
    }

    /// What commits and trees name, as far as that is known without reading them.
    default Optional<Links> links() {
        return Optional.empty();
    }

    /// Whether findings that came with `commit` are wanted.
    default boolean introduces(ObjectId commit) {
        return true;
    }
}
