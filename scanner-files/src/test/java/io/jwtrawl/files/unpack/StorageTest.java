package io.jwtrawl.files.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.StorageContext;
import io.jwtrawl.source.ExpansionLimits;
import io.jwtrawl.testkit.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a real browser, a real journal and a real registry keep is found once, under the names that people know.
@SuppressWarnings("StringConcatToTextBlock") // lines as files have them, with tokens between
class StorageTest {

    private static final String LEVELDB =
            "Default/IndexedDB/http_127.0.0.1_48213.indexeddb.leveldb/";
    private static final String ORIGIN = "http://127.0.0.1:48213";

    @TempDir Path folder = Path.of("");

    /// Such as `chromium-local in a/b.ldb!Local Storage!origin!key`.
    private static List<String> places(ScanReport report) {
        return report.findings().stream().map(StorageTest::place).sorted().toList();
    }

    private static String place(Finding finding) {
        String subject = finding.sighting().token().claims().orElseThrow().subject().orElseThrow();
        return subject
                + " in "
                + finding.place().path()
                + (finding.inner().isEmpty() ? "" : "!" + String.join("!", finding.inner()));
    }

    @Test
    void findsWhatChromiumKeeps() {
        Fixtures.unpack("chromium-profile.tar.xz", folder);
        ScanReport report = Unpacked.scan(folder);
        assertThat(Unpacked.incidents(report)).isEmpty();
        String local = "Default/Local Storage/leveldb/";
        String indexed = LEVELDB + "000003.log!IndexedDB!http_127.0.0.1_48213@1/auth-db!tokens!";
        assertThat(places(report))
                .containsExactlyInAnyOrder(
                        "chromium-local in "
                                + local
                                + "000003.ldb!Local Storage!"
                                + ORIGIN
                                + "!accessToken",
                        "chromium-local-wide in "
                                + local
                                + "000003.ldb!Local Storage!"
                                + ORIGIN
                                + "!wide",
                        "chromium-local-later in "
                                + local
                                + "000004.log!Local Storage!"
                                + ORIGIN
                                + "!later",
                        "chromium-session in Default/Session Storage/000003.log!Session Storage!"
                                + ORIGIN
                                + "/!idToken",
                        "chromium-indexed in " + indexed + "current",
                        "chromium-indexed-large in " + indexed + "7",
                        "chromium-indexed-later in " + indexed + "later");
        assertThat(report.findings())
                .allSatisfy(finding ->
                        assertThat(finding.classification().context())
                                .isEqualTo(StorageContext.BROWSER_STORAGE));
    }

    @Test
    void findsTheSameInAnArchive() throws IOException {
        Fixtures.unpack("chromium-profile.tar.xz", folder);
        List<Path> files;
        try (var walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Path file : files) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
        ScanReport report = Unpacked.scan(bytes.toByteArray(), ExpansionLimits.DEFAULT);
        List<String> alone =
                places(Unpacked.scan(folder)).stream()
                        .map(place -> place.replace(" in ", " in <stdin>!"))
                        .sorted()
                        .toList();
        assertThat(places(report)).isEqualTo(alone);
    }

    @Test
    void findsWhatFirefoxKeeps() {
        Fixtures.unpack("firefox-profile.tar.xz", folder);
        ScanReport report = Unpacked.scan(folder);
        assertThat(Unpacked.incidents(report)).isEmpty();
        String page = "storage/default/http+++127.0.0.1+48214/";
        String indexed = page + "idb/160362632abudt-h.";
        assertThat(places(report))
                .containsExactlyInAnyOrder(
                        "firefox-cookie in cookies.sqlite-wal!moz_cookies.value#1!127.0.0.1/sid",
                        "firefox-session in sessionstore-backups/recovery.jsonlz4",
                        "firefox-indexed in "
                                + indexed
                                + "sqlite!object_data.data#1,0dvssfou!0dvssfou",
                        "firefox-indexed-large in " + indexed + "files/1",
                        "firefox-indexed-file in " + indexed + "files/2",
                        "firefox-local in " + page + "ls/data.sqlite!data.value#3!accessToken",
                        "firefox-local-wide in " + page + "ls/data.sqlite!data.value#1!wide",
                        "firefox-local-large in " + page + "ls/data.sqlite!data.value#2!state");
        assertThat(report.findings())
                .allSatisfy(finding ->
                        assertThat(finding.classification().context())
                                .isEqualTo(StorageContext.BROWSER_STORAGE));
    }

    @Test
    void findsMessagesThatSystemdCompressed() throws IOException {
        Files.write(folder.resolve("x.journal"), Fixtures.read("journal.xz"));
        ScanReport report = Unpacked.scan(folder);
        assertThat(Unpacked.incidents(report)).isEmpty();
        assertThat(places(report))
                .hasSize(2)
                .anySatisfy(place -> assertThat(place).isEqualTo("journal-short in x.journal"))
                .anySatisfy(place ->
                        assertThat(place).startsWith("journal-long in x.journal!field at "));
    }

    @Test
    void findsValuesOfTheRegistryAlsoInSegments() throws IOException {
        Files.write(folder.resolve("x.hive"), Fixtures.read("hive.xz"));
        ScanReport report = Unpacked.scan(folder);
        assertThat(Unpacked.incidents(report)).isEmpty();
        assertThat(places(report))
                .containsExactly(
                        "hive-default in x.hive!Software\\Old#(default)",
                        "hive-first in x.hive!Software\\App#Token",
                        "hive-large in x.hive!#Large");
    }

    /// As Firefox has it: a value compressed without frames, and a column that says so.
    @Test
    void findsWhatFirefoxCompressed() throws IOException {
        assumeTrue(Programs.isThere("sqlite3"));
        byte[] value = ("{\"jwt\":\"" + Tokens.any(1) + "\"}").getBytes(StandardCharsets.UTF_8);
        var snappy = new ByteArrayOutputStream();
        try (var out = new SnappyCompressorOutputStream(snappy, value.length)) {
            out.write(value);
        }
        Path file =
                Files.createDirectories(folder.resolve("storage/default/https+++app.example/ls"));
        Files.writeString(
                folder.resolve("x.sql"),
                "CREATE TABLE data(key TEXT PRIMARY KEY, utf16_length INTEGER NOT NULL,"
                        + " conversion_type INTEGER NOT NULL, compression_type INTEGER NOT NULL,"
                        + " last_access_time INTEGER NOT NULL DEFAULT 0, value BLOB NOT NULL);\n"
                        + "INSERT INTO data VALUES('token', 9, 1, 1, 0, x'"
                        + HexFormat.of().formatHex(snappy.toByteArray())
                        + "');\n");
        Programs.run(
                folder, "sqlite3 'storage/default/https+++app.example/ls/data.sqlite' < x.sql");
        Finding finding = Unpacked.scan(file).findings().getFirst();
        assertThat(finding.inner()).containsExactly("data.value#1", "token");
        assertThat(finding.place().encoding()).containsExactly("snappy");
    }
}
