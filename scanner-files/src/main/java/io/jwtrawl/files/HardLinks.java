package io.jwtrawl.files;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Sighting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Files that lie at several paths: each is searched once, and reported at the path that comes first.
final class HardLinks implements Attribution {

    /// For each file with several names, the one under which it was searched.
    private final Map<Object, Provenance.LocalFile> searched = new HashMap<>();

    /// For what was searched under a name, the first of its names.
    private final Map<Provenance.LocalFile, Provenance.LocalFile> first = new HashMap<>();

    /// Whether the file at `path` was met under another name before. Asked once for each name.
    boolean isAgain(Path root, Path path) {
        Optional<Object> key = key(path);
        if (key.isEmpty()) {
            return false;
        }
        var name = new Provenance.LocalFile(root, path);
        synchronized (this) {
            Provenance.LocalFile before = searched.putIfAbsent(key.get(), name);
            if (before == null) {
                return false;
            }
            first.merge(before, name, (a, b) -> a.file().compareTo(b.file()) <= 0 ? a : b);
            return true;
        }
    }

    private static Optional<Object> key(Path path) {
        try {
            if (!(Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS)
                            instanceof Integer count)
                    || count < 2) {
                return Optional.empty();
            }
            // It compares as the device and the number that the file has there.
            return Optional.ofNullable(
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                            .fileKey());
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional
                    .empty(); // not such a system, or a file that is gone: whoever reads it says so
        }
    }

    @Override
    public synchronized List<Sighting> attribute(List<Sighting> sightings, Scan scan) {
        if (first.isEmpty()) {
            return sightings;
        }
        return sightings.stream()
                .map(sighting ->
                        sighting.provenance().outermost() instanceof Provenance.LocalFile file
                                ? sighting.at(
                                        sighting.provenance().withOutermost(firstName(file)),
                                        sighting.since())
                                : sighting)
                .toList();
    }

    private Provenance.LocalFile firstName(Provenance.LocalFile file) {
        Provenance.LocalFile other = first.get(file);
        return other != null && other.file().compareTo(file.file()) < 0 ? other : file;
    }
}
