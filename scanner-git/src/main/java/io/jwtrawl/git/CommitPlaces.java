package io.jwtrawl.git;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
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
import java.util.Set;
import java.util.TreeSet;

/// Describes places in commits: who wrote them, which branches end with them, where a site shows them.
final class CommitPlaces {

    /// So many branches are named at a place.
    static final int MAX_BRANCHES = 10;

    private final GitRepository location;
    private final ObjectSource.Reader reader;
    private final Attribution.Scan scan;
    private final Map<ObjectId, List<String>> branches = new HashMap<>();
    private final Optional<Permalinks> permalinks;

    /// Of a million commits few are shown: these are read again, and kept for the next place.
    private final Map<ObjectId, Authorship> authorships = new HashMap<>();

    /// @param ends what each branch ends with, by its full name
    CommitPlaces(
            GitRepository location,
            Map<String, ObjectId> ends,
            ObjectSource.Reader reader,
            Attribution.Scan scan) {
        this.location = location;
        this.reader = reader;
        this.scan = scan;
        for (Map.Entry<String, ObjectId> end : ends.entrySet()) {
            List<String> names = branches.get(end.getValue());
            if (names == null) {
                names = new ArrayList<>(1);
                branches.put(end.getValue(), names);
            }
            names.add(PathText.escape(RefNames.shortened(end.getKey())));
        }
        permalinks = permalinksOf(location);
    }

    private static Optional<Permalinks> permalinksOf(GitRepository location) {
        try {
            return RepositoryInfo.origin(GitConfiguration.of(location)).flatMap(Permalinks::of);
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
        Set<String> names = new TreeSet<>();
        for (ObjectId end : ends) {
            names.addAll(branches.getOrDefault(end, List.of()));
        }
        List<String> first = List.copyOf(names);
        var history =
                new Provenance.History(
                        introduced,
                        removedBy,
                        inHead,
                        first.subList(0, Math.min(MAX_BRANCHES, first.size())),
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
        Authorship known = authorships.get(id);
        if (known == null) {
            known = read(id, type);
            authorships.put(id, known);
        }
        return known;
    }

    private Authorship read(ObjectId id, GitObjectType type) {
        try {
            byte[] raw = reader.read(id).bytes();
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
