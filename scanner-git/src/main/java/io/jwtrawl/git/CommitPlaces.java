package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.source.Authorship;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.PathText;
import io.jwtrawl.source.Position;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Sighting;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;

/// Describes places in commits: who wrote them, which branches end with them, where a site shows them.
final class CommitPlaces {

    /// So many branches are named at a place.
    static final int MAX_BRANCHES = 10;

    private final GitRepository location;
    private final CommitReader reader;
    private final Attribution.Scan scan;
    private final Map<ObjectId, List<String>> branches = new HashMap<>();
    private final Optional<Permalinks> permalinks;

    /// Of a million commits few are shown: these are read again, and kept for the next place.
    private final Map<ObjectId, Authorship> authorships = new HashMap<>();

    /// Reads commits and tags.
    interface CommitReader {
        byte[] read(ObjectId id) throws IOException;
    }

    /// @param ends what each branch ends with, by its full name
    CommitPlaces(
            GitRepository location,
            Map<String, ObjectId> ends,
            CommitReader reader,
            Attribution.Scan scan) {
        this.location = location;
        this.reader = reader;
        this.scan = scan;
        ends.forEach((name, end) ->
                branches.computeIfAbsent(end, _ -> new ArrayList<>())
                        .add(PathText.escape(Repository.shortenRefName(name))));
        permalinks = permalinksOf(location);
    }

    private static Optional<Permalinks> permalinksOf(GitRepository location) {
        try {
            return RepositoryInfo.origin(location.config()).flatMap(Permalinks::of);
        } catch (IOException e) {
            return Optional.empty(); // the crawl has reported it
        }
    }

    /// A token in a file of a commit.
    ///
    /// @param commit the one that brought it in
    /// @param ends commits that branches end with and that have it
    Sighting file(
            Sighting sighting,
            String path,
            ObjectId blob,
            ObjectId commit,
            Optional<String> removedBy,
            boolean inHead,
            List<ObjectId> ends) {
        Authorship introduced = authorshipOf(commit, GitObjectType.COMMIT);
        List<String> names = new ArrayList<>();
        ends.forEach(end -> names.addAll(branches.getOrDefault(end, List.of())));
        var history =
                new Provenance.History(
                        introduced,
                        removedBy,
                        inHead,
                        names.stream().distinct().sorted().limit(MAX_BRANCHES).toList(),
                        permalink(commit, path, sighting.position()));
        return moved(
                sighting,
                new Provenance.CommittedFile(location.folder(), blob.name(), path, history),
                introduced);
    }

    /// A token in the text of a commit or a tag.
    Sighting message(Sighting sighting, ObjectId id, GitObjectType type, boolean inHead) {
        Authorship authorship = authorshipOf(id, type);
        return moved(
                sighting,
                new Provenance.GitMessage(location.folder(), id.name(), type, authorship, inHead),
                authorship);
    }

    /// A path that had to be escaped is not the one that the site knows.
    private Optional<URI> permalink(ObjectId commit, String path, Position position) {
        return path.indexOf('\\') >= 0
                ? Optional.empty()
                : permalinks.flatMap(site -> site.of(commit.name(), path, position.line()));
    }

    private static Sighting moved(
            Sighting sighting, Provenance.Outermost outermost, Authorship authorship) {
        return sighting.at(sighting.provenance().withOutermost(outermost), authorship.committed());
    }

    private Authorship authorshipOf(ObjectId id, GitObjectType type) {
        return authorships.computeIfAbsent(id, _ -> read(id, type));
    }

    private Authorship read(ObjectId id, GitObjectType type) {
        try {
            byte[] raw = reader.read(id);
            if (type == GitObjectType.TAG) {
                Person tagger = Person.taggerOf(raw);
                return authorship(id, tagger, tagger);
            }
            return authorship(id, Person.authorOf(raw), Person.committerOf(raw));
        } catch (IOException | RuntimeException e) {
            scan.accept(
                    new Incident.Unreadable(
                            new Provenance.GitObject(location.folder(), id.name(), type),
                            "cannot tell who wrote it: "
                                    + PathText.escape(String.valueOf(e.getMessage()))));
            return authorship(id, Person.NOBODY, Person.NOBODY);
        }
    }

    private static Authorship authorship(ObjectId id, Person author, Person committer) {
        return new Authorship(
                id.name(),
                PathText.escape(author.name()),
                PathText.escape(author.email()),
                author.when(),
                PathText.escape(committer.name()),
                PathText.escape(committer.email()),
                committer.when());
    }
}
