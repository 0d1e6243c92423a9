package io.jwtrawl.files;

import io.jwtrawl.finding.Fingerprint;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.Place;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.source.Sha256;
import io.jwtrawl.token.Sighting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Which files earlier scans searched, kept in a file from one scan to the next: one that has not changed is not read again,
/// one whose content has not is not searched, and what was reported is not reported again.
public final class FolderState {

    /// What tells a file from what it was.
    ///
    /// @param modified in nanoseconds since 1970
    /// @param hash of its content, SHA-256
    record Known(long size, long modified, long inode, String hash) {

        boolean isSame(Known other) {
            return size == other.size && modified == other.modified && inode == other.inode;
        }
    }

    private final Path file;
    private final String detector;
    private final Optional<String> notice;
    private final Map<String, Known> before;
    private final Set<String> findings;
    private final Map<String, Known> now = new ConcurrentHashMap<>();

    private FolderState(
            Path file,
            String detector,
            FolderStateFile.Contents contents,
            Optional<String> notice) {
        this.file = file;
        this.detector = detector;
        this.notice = notice;
        before = contents.files();
        findings = contents.findings();
    }

    /// @param file need not be there yet
    /// @param detector stands for the rules and the program that look for tokens: what others searched counts for nothing
    /// @throws IOException if it cannot be read, or is something else than a state
    public static FolderState open(Path file, String detector) throws IOException {
        var nothing = new FolderStateFile.Contents(detector, Map.of(), Set.of());
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                || (Files.isRegularFile(file) && Files.size(file) == 0)) {
            return new FolderState(file, detector, nothing, Optional.empty());
        }
        Optional<FolderStateFile.Contents> contents = FolderStateFile.read(file);
        if (contents.isEmpty()) {
            return new FolderState(file, detector, nothing, Optional.of("it is damaged"));
        }
        return contents.get().detector().equals(detector)
                ? new FolderState(file, detector, contents.get(), Optional.empty())
                : new FolderState(
                        file,
                        detector,
                        nothing,
                        Optional.of("it is of other rules, options or another version of jwtrawl"));
    }

    /// Why everything is searched again, though there is a state; for a sentence about the file.
    public Optional<String> notice() {
        return notice;
    }

    /// Whether nothing was searched before, as far as is known.
    public boolean isNew() {
        return before.isEmpty();
    }

    /// Whether the file at `path` has to be searched. Notes what it is now.
    boolean wants(Path path) {
        String name = path.toUri().getRawPath();
        try {
            var attributes =
                    Files.readAttributes(
                            path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            long modified = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
            var found = new Known(attributes.size(), modified, inode(attributes.fileKey()), "");
            Known known = before.get(name);
            if (known != null && known.isSame(found)) {
                now.put(name, known);
                return false;
            }
            var hashed =
                    new Known(
                            found.size(),
                            modified,
                            found.inode(),
                            Sha256.of(path, LinkOption.NOFOLLOW_LINKS));
            now.put(name, hashed);
            return known == null || !known.hash().equals(hashed.hash());
        } catch (IOException e) {
            return true; // whoever reads it says what is wrong
        }
    }

    /// The number that the file system knows the file by, if it has one: the key is text such as `(dev=801,ino=17)`.
    private static long inode(@Nullable Object key) {
        String text = String.valueOf(key);
        int at = text.indexOf("ino=");
        int end = text.indexOf(')', at);
        try {
            return at < 0 || end < 0 ? 0 : Long.parseLong(text.substring(at + 4, end));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /// What was not reported before.
    List<Sighting> unknown(List<Sighting> sightings) {
        return sightings.stream()
                .filter(sighting ->
                        !(sighting.provenance().outermost() instanceof Provenance.LocalFile)
                                || !findings.contains(fingerprint(sighting)))
                .toList();
    }

    private static String fingerprint(Sighting sighting) {
        return Fingerprint.of(sighting.token().id(), Place.of(sighting.provenance())).hex();
    }

    /// Writes what was searched, unless the scan did not come to its end. What could not be searched is searched again.
    ///
    /// @throws IOException if the state cannot be written
    public void remember(ScanReport report) throws IOException {
        if (report.interrupted()) {
            return;
        }
        for (Incident incident : report.incidents()) {
            if (incident.where().outermost() instanceof Provenance.LocalFile(_, var path)) {
                now.remove(path.toUri().getRawPath());
            }
        }
        Set<String> reported = new HashSet<>(findings);
        report.findings().forEach(finding -> reported.add(finding.fingerprint().hex()));
        FolderStateFile.write(file, new FolderStateFile.Contents(detector, now, reported));
    }
}
