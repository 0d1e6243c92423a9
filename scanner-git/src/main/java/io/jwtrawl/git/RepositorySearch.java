package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Sighting;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// How one repository is searched, and how it is told where findings came from.
interface RepositorySearch {

    Crawler crawler();

    /// @param home the worktree that the repository is looked at from
    /// @param found in Git objects
    List<Sighting> attribute(GitRepository home, List<Sighting> found, Attribution.Scan scan)
            throws IOException, InterruptedException, PathLists.TooMuchException;

    /// What is to be told where it could not be told where findings came from.
    List<Sighting> withoutAttribution(List<Sighting> found);

    /// Whether an earlier scan has told of this already.
    default boolean isKnown(Sighting staged) {
        return false;
    }

    /// The blob that something was found in; empty if it was found in something else, or if it is known where it came
    /// from.
    static Optional<ObjectId> blob(Sighting sighting) {
        return sighting.provenance().outermost()
                                instanceof Provenance.GitObject(_, var id, var type)
                        && type == GitObjectType.BLOB
                ? Optional.of(ObjectId.fromString(id))
                : Optional.empty();
    }
}
