package io.jwtrawl.files.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jwtrawl.files.FileAges;
import io.jwtrawl.files.FileCrawler;
import io.jwtrawl.files.NestedPlaces;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.source.ExpansionLimits;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.testkit.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A token in an archive has lain open since the archive says that its member was last changed: archives of each format
/// that keeps such times, made by the program that people use for it, and copied later.
class MemberTimesTest {

    private static final Instant CHANGED = Instant.parse("2024-03-05T06:07:08Z");
    private static final Instant COPIED = Instant.parse("2026-05-01T00:00:00Z");

    @TempDir Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiterString = "::",
            value = {
                "zip :: zip -q $O app.conf",
                "zip :: TZ=America/New_York zip -q $O app.conf",
                "zip :: TZ=UTC zip -q -X $O app.conf",
                "zip :: cat app.conf > x; touch -r app.conf x; zip -q - x | cat > $O",
                "7z :: 7z a -tzip $O app.conf",
                "7z :: 7z a -t7z $O app.conf > /dev/null",
                "tar :: tar --format=ustar -cf $O app.conf",
                "tar :: tar --format=pax -cf $O app.conf",
                "bsdtar :: bsdtar -cf $O app.conf",
                "gzip :: tar -czf $O app.conf",
                "gzip :: gzip -c app.conf > $O",
                "gzip :: gzip -n -c app.conf > a.gz; touch -r app.conf a.gz; tar -cf $O a.gz",
                "zip :: zip -q a.zip app.conf; touch -d 1980-01-01T00:00Z a.zip; tar -cf $O a.zip",
                "cpio :: echo app.conf | cpio -o -H newc --quiet > $O",
                "ar :: ar rcU $O app.conf",
            })
    void tellTheAgeOfWhatIsInside(String program, String command) throws Exception {
        assumeTrue(Programs.isThere(program));
        assertThat(since(command)).contains(CHANGED);
    }

    /// What makes the same archive of the same files every time.
    @ParameterizedTest
    @CsvSource(
            delimiterString = "::",
            value = {
                "tar :: tar --mtime=@0 -cf $O app.conf",
                "tar :: tar --mtime=1985-10-26T08:15:00Z -cf $O app.conf",
                "zip :: touch -d 1980-01-01T00:00Z app.conf; zip -q $O app.conf",
                "gzip :: gzip -n -c app.conf > $O",
                "xz :: xz -c app.conf > $O",
            })
    void thatIsNoTimeAtAllIsNotBelieved(String program, String command) throws Exception {
        assumeTrue(Programs.isThere(program));
        assertThat(since(command)).contains(COPIED);
    }

    @Test
    void thatLieInTheFutureAreNotBelieved() throws Exception {
        assertThat(since("tar --mtime=2040-01-01 -cf $O app.conf")).contains(COPIED);
    }

    private Optional<Instant> since(String command) throws Exception {
        Path work = Files.createDirectory(folder.resolve("work"));
        Path scanned = Files.createDirectory(folder.resolve("scanned"));
        Path file = Files.writeString(work.resolve("app.conf"), "t=" + Tokens.any(1) + "\n");
        Files.setLastModifiedTime(file, FileTime.from(CHANGED));
        Path archive = scanned.resolve("archive");
        Programs.run(work, "O=" + archive + "; " + command);
        if (!Files.exists(archive)) {
            Programs.run(scanned, "mv archive.* archive"); // some add an ending
        }
        Files.setLastModifiedTime(archive, FileTime.from(COPIED));
        List<Finding> findings =
                Unpacked.scan(
                                new FileCrawler(scanned, PathFilter.ALL, NestedPlaces.NONE),
                                List.of(new FileAges()),
                                ExpansionLimits.DEFAULT)
                        .findings();
        assertThat(findings).hasSize(1);
        return findings.getFirst().classification().exposure().firstSeen();
    }
}
