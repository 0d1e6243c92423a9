package io.jwtrawl.files.unpack;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.source.ExpansionLimits;
import io.jwtrawl.testkit.Tokens;
import io.jwtrawl.testkit.Tries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Bad archives are normal input: what is left of them is found, what is lost is told, and the scan goes on.
@Timeout(300)
class DamageTest {

    /// Small limits, so that what damage makes huge is over soon.
    private static final ExpansionLimits LIMITS =
            new ExpansionLimits(8, 10_000, 300, 256L << 20, Duration.ofSeconds(20), 64L << 20);

    @TempDir Path folder = Path.of("");

    private List<byte[]> archives() {
        try {
            Files.createDirectories(folder.resolve("d/e"));
            Files.writeString(folder.resolve("d/e/app.conf"), "t=" + Tokens.any(1) + "\n");
            Files.writeString(folder.resolve("d/other.txt"), "t=" + Tokens.any(2) + "\n");
            return FormatTest.formats()
                    .filter(made -> Programs.isThere(made.program()))
                    .filter(made -> !made.name().equals("rpm") && !made.name().equals("deb"))
                    .map(made -> {
                        try {
                            Path out = Files.createTempDirectory(folder, "out");
                            Programs.run(
                                    folder,
                                    "O="
                                            + out
                                            + "/some.bin; rm -rf x.* y.* z.*; "
                                            + made.command());
                            try (Stream<Path> files = Files.list(out)) {
                                return Files.readAllBytes(files.findFirst().orElseThrow());
                            }
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anyChangedBytesAreSurvived() throws IOException {
        List<byte[]> archives = archives();
        Path scanned = Files.createDirectory(folder.resolve("scanned"));
        Tries.run(
                6,
                random -> {
                    int number = 0;
                    for (byte[] archive : archives) {
                        write(scanned.resolve("a" + number++), changed(archive, random));
                    }
                    write(
                            scanned.resolve("plain"),
                            Tokens.any(3).getBytes(StandardCharsets.US_ASCII));
                    ScanReport report = Unpacked.scan(scanned, LIMITS);
                    assertThat(Unpacked.places(report)).contains("plain :1");
                    for (Incident incident : report.incidents()) {
                        assertThat(incident.what())
                                .doesNotContain("unexpected failure")
                                .doesNotContain("Exception")
                                .isNotBlank();
                    }
                });
    }

    private static byte[] changed(byte[] archive, Random random) {
        byte[] bad = archive.clone();
        switch (random.nextInt(4)) {
            case 0 -> {
                return Arrays.copyOf(bad, random.nextInt(bad.length));
            }
            case 1 -> bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                // Near the beginning, where sizes and methods stand.
                for (int i = 0; i < 4; i++) {
                    bad[random.nextInt(Math.min(bad.length, 64))] = (byte) random.nextInt(256);
                }
            }
            default -> {
                for (int i = 0; i < 20; i++) {
                    bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
                }
            }
        }
        return bad;
    }

    @Test
    void findsWhatStandsBeforeTheEndOfATruncatedArchive() throws IOException {
        Files.createDirectories(folder.resolve("d"));
        Files.writeString(folder.resolve("d/a"), "t=" + Tokens.any(1) + "\n");
        var noise = new byte[300_000];
        new Random(1).nextBytes(noise);
        Files.write(folder.resolve("d/b"), noise);
        Path scanned = Files.createDirectory(folder.resolve("scanned"));
        Programs.run(
                folder,
                "for c in 'zip -q -' 'tar -cf -' 'tar -czf -' 'tar -cJf -'; do n=$((n+1));"
                        + " $c d/a d/b | head -c 200000 > scanned/x$n; done");
        ScanReport report = Unpacked.scan(scanned);
        assertThat(Unpacked.places(report))
                .containsExactly("x1!d/a :1", "x2!d/a :1", "x3!d/a [gzip] :1", "x4!d/a [xz] :1");
        for (String name : List.of("x1", "x2", "x3", "x4")) {
            assertThat(Unpacked.incidents(report))
                    .anySatisfy(line -> assertThat(line).startsWith(name));
        }
    }

    @Test
    void searchesWhatOnlyLooksLikeAnArchiveAsItIs() throws IOException {
        String token = Tokens.any(1);
        List<String> beginnings =
                List.of(
                        "PK\3\4",
                        "\u001f\u008b\u0008",
                        "BZh9",
                        "\u001f\u009d\u0090",
                        "Rar!\u001a\7\0",
                        "7z\u00bc\u00af'\u001c",
                        "!<arch>\n",
                        "070701",
                        "]\0\0\0\4",
                        "MSCF\0\0\0\0",
                        "hsqs",
                        "\4\"M\u0018",
                        "(\u00b5/\u00fd",
                        "\u00ed\u00ab\u00ee\u00db",
                        "MZ",
                        "#!/bin/sh\nPK\3\4");
        int number = 0;
        for (String beginning : beginnings) {
            Files.write(
                    folder.resolve("f" + (10 + number++)),
                    (beginning + " and then " + token + "\n" + "x".repeat(600))
                            .getBytes(StandardCharsets.ISO_8859_1));
        }
        Files.writeString(folder.resolve("text.br"), token);
        ScanReport report = Unpacked.scan(folder);
        List<String> found =
                report.findings().stream().map(finding -> finding.place().path()).sorted().toList();
        List<String> all = new ArrayList<>(List.of("text.br"));
        for (int i = 0; i < beginnings.size(); i++) {
            all.add("f" + (10 + i));
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void namesEncryptedMembers() throws IOException {
        Files.writeString(folder.resolve("secret"), "t=" + Tokens.any(1));
        Path scanned = Files.createDirectory(folder.resolve("scanned"));
        Programs.run(folder, "zip -q -P pw scanned/a.zip secret");
        assertThat(Unpacked.incidents(Unpacked.scan(scanned)))
                .containsExactly("a.zip!/secret: is encrypted");
        if (Programs.isThere("7z")) {
            Programs.run(
                    folder,
                    "rm scanned/a.zip; 7z a -ppw scanned/b.7z secret; 7z a -ppw -mhe=on scanned/c.7z secret;"
                            + " 7z a -tzip -mem=AES256 -ppw scanned/d.zip secret");
            assertThat(Unpacked.incidents(Unpacked.scan(scanned)))
                    .containsExactly(
                            "b.7z!/secret: is encrypted",
                            "c.7z: is encrypted",
                            "d.zip!/secret: is encrypted");
        }
    }

    @Test
    void takesNamesAsTheyAreAndReadsNoLinksNorDevices() throws IOException {
        byte[] content = Arrays.copyOf(LimitsTest.token(1), 512);
        Arrays.fill(content, LimitsTest.token(1).length, 512, (byte) ' ');
        byte[] tar =
                LimitsTest.bytes(out -> {
                    for (String name :
                            List.of("../../etc/passwd", "/abs", "a\u001b[31mb", "caf\u00e9")) {
                        out.write(LimitsTest.tarHeader(name, 512, '0'));
                        out.write(content);
                    }
                    for (char type : new char[] {'1', '2', '3', '4', '6'}) {
                        out.write(LimitsTest.tarHeader("link" + type, 0, type));
                    }
                    out.write(new byte[1024]);
                });
        Files.write(folder.resolve("x.tar"), tar);
        ScanReport report = Unpacked.scan(folder);
        assertThat(Unpacked.places(report))
                .containsExactly(
                        "x.tar!../../etc/passwd :1",
                        "x.tar!/abs :1",
                        "x.tar!a\\u001b[31mb :1",
                        "x.tar!caf\\xe9 :1");
        assertThat(report.incidents()).isEmpty();
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
