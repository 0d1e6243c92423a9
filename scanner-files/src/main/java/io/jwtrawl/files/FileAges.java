package io.jwtrawl.files;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.source.Timestamps;
import io.jwtrawl.token.Sighting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Tells since when a file has held what was found in it: at least since it was last modified, or, of an archive, since
/// what it says of its member, of a message since it was sent.
public final class FileAges implements Attribution {

    @Override
    public List<Sighting> attribute(List<Sighting> sightings, Scan scan) {
        return sightings.stream()
                .map(sighting ->
                        sighting.provenance().outermost()
                                        instanceof Provenance.LocalFile(_, var file)
                                ? sighting.at(
                                        sighting.provenance(),
                                        Timestamps.earlier(sighting.since(), modified(file)))
                                : sighting)
                .toList();
    }

    static Optional<Instant> modified(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            return Optional.empty(); // gone since; that it was there is all that is known
        }
    }
}
