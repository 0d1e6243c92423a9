package io.jwtrawl.git;

import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/// How the history of a repository is looked at when findings are told where they came from.
interface HistoryView {

    /// The objects that are looked at.
    ObjectStore open(GitRepository location) throws IOException;

    /// What to begin from.
    Refs refs(GitRepository location, ObjectReader reader, Problems problems);

    /// Whether findings that came with `commit` are wanted.
    default boolean introduces(ObjectId commit) {
        return true;
    }
}
