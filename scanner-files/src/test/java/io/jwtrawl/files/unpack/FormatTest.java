package io.jwtrawl.files.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.source.ExpansionLimits;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A token in an archive of each format, made by the program that people use for it, is found once and with its chain; by
/// content alone, from a file and from a pipe.
@Timeout(120)
class FormatTest {

    /// @param command makes `$O` from the folder `d`, which holds `d/e/app.conf` with a token in its second line
    /// @param place where that is found, behind the path of the archive
    record Made(String name, String program, String command, String place) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String MEMBER = "!d/e/app.conf :2";

    static Stream<Made> formats() {
        return Stream.of(
                new Made("zip", "zip", "zip -q -r $O d", MEMBER),
                new Made("zip of stored members", "zip", "zip -q -0 -r $O d", MEMBER),
                new Made(
                        "zip written to a pipe, sizes behind members",
                        "zip",
                        "zip -q -r - d | cat > $O",
                        MEMBER),
                new Made("zip64", "zip", "cat d/e/app.conf | zip -q -fz $O -", "!- :2"),
                new Made(
                        "zip with a comment",
                        "zip",
                        "zip -q -r x.zip d; echo hello | zip -q -z x.zip; mv x.zip $O",
                        MEMBER),
                new Made("zip by 7z, bzip2", "7z", "7z a -tzip -mm=bzip2 $O d", MEMBER),
                new Made("zip by 7z, lzma", "7z", "7z a -tzip -mm=lzma $O d", MEMBER),
                new Made("zip by 7z, deflate64", "7z", "7z a -tzip -mm=deflate64 $O d", MEMBER),
                new Made("tar, ustar", "tar", "tar --format=ustar -cf $O d", MEMBER),
                new Made("tar, pax", "tar", "tar --format=pax -cf $O d", MEMBER),
                new Made("tar, gnu", "tar", "tar --format=gnu -cf $O d", MEMBER),
                new Made("tar, v7", "tar", "tar --format=v7 -cf $O d", MEMBER),
                new Made("tar by bsdtar", "bsdtar", "bsdtar -cf $O d", MEMBER),
                new Made(
                        "two tar files in one",
                        "tar",
                        "tar -cf x.tar d/other.txt; tar -cf y.tar d/e; cat x.tar y.tar > $O",
                        MEMBER),
                new Made("tar.gz", "gzip", "tar -czf $O d", "!d/e/app.conf [gzip] :2"),
                new Made("tar.bz2", "bzip2", "tar -cjf $O d", "!d/e/app.conf [bzip2] :2"),
                new Made("tar.xz", "xz", "tar -cJf $O d", "!d/e/app.conf [xz] :2"),
                new Made("tar.zst", "zstd", "tar --zstd -cf $O d", "!d/e/app.conf [zstd] :2"),
                new Made("gz", "gzip", "gzip -c d/e/app.conf > $O", " [gzip] :2"),
                new Made(
                        "gz of two members, padded",
                        "gzip",
                        "(echo a | gzip; gzip -c d/e/app.conf; head -c 700 /dev/zero) > $O",
                        " [gzip] :3"),
                new Made("bz2", "bzip2", "bzip2 -c d/e/app.conf > $O", " [bzip2] :2"),
                new Made(
                        "bz2 of two streams",
                        "bzip2",
                        "(echo a | bzip2; bzip2 -c d/e/app.conf) > $O",
                        " [bzip2] :3"),
                new Made("xz", "xz", "xz -c d/e/app.conf > $O", " [xz] :2"),
                new Made(
                        "xz of two streams",
                        "xz",
                        "(echo a | xz; xz -c d/e/app.conf) > $O",
                        " [xz] :3"),
                new Made("lzma", "xz", "xz --format=lzma -c d/e/app.conf > $O", " [lzma] :2"),
                new Made("zst", "zstd", "zstd -q -c d/e/app.conf > $O", " [zstd] :2"),
                new Made(
                        "zst of two frames",
                        "zstd",
                        "(echo a | zstd -q; zstd -q -c d/e/app.conf) > $O",
                        " [zstd] :3"),
                new Made("lz4", "lz4", "lz4 -q -c d/e/app.conf > $O", " [lz4] :2"),
                new Made("Z", "compress", "compress -f -c d/e/app.conf > $O", " [compress] :2"),
                new Made("br", "brotli", "brotli -c d/e/app.conf > $O.br", " [brotli] :2"),
                new Made("7z", "7z", "7z a -t7z $O d", MEMBER),
                new Made("7z, bzip2", "7z", "7z a -t7z -m0=bzip2 $O d", MEMBER),
                new Made("7z, ppmd is not there", "7z", "7z a -t7z -m0=deflate $O d", MEMBER),
                new Made("cpio, newc", "cpio", "find d | cpio -o -H newc > $O", MEMBER),
                new Made("cpio, odc", "cpio", "find d | cpio -o -H odc > $O", MEMBER),
                new Made("cpio, old binary", "cpio", "find d | cpio -o > $O", MEMBER),
                new Made("ar", "ar", "ar rc $O d/e/app.conf", "!app.conf :2"),
                new Made(
                        "deb",
                        "dpkg-deb",
                        "mkdir -p p/DEBIAN p/etc; cp d/e/app.conf p/etc;"
                                + " printf 'Package: x\\nVersion: 1\\nArchitecture: all\\nMaintainer: x\\nDescription: x\\n'"
                                + " > p/DEBIAN/control; dpkg-deb -Zxz -b p $O",
                        "!data.tar.xz!./etc/app.conf [xz] :2"),
                new Made(
                        "rpm",
                        "rpmbuild",
                        "printf 'Name: x\\nVersion: 1\\nRelease: 1\\nSummary: x\\nLicense: x\\nBuildArch: noarch\\n%%description\\nx\\n"
                                + "%%install\\nmkdir -p %%{buildroot}/etc\\ncp %%{here}/d/e/app.conf %%{buildroot}/etc\\n"
                                + "%%files\\n/etc/app.conf\\n' > x.spec;"
                                + " rpmbuild -bb --quiet --define \"here $PWD\" --define \"_topdir $PWD/rpm\" x.spec;"
                                + " cp rpm/RPMS/noarch/*.rpm $O",
                        "!./etc/app.conf :2"),
                new Made(
                        "a program with a zip file behind it",
                        "zip",
                        "zip -q -r x.zip d; (head -c 3000 /bin/ls; cat x.zip) > $O",
                        MEMBER),
                new Made(
                        "noise with a zip file behind it, its offsets mended",
                        "zip",
                        "zip -q -r x.zip d; (head -c 3000 /dev/zero; cat x.zip) > $O; zip -q -A $O",
                        MEMBER),
                new Made(
                        "a script with a tar file behind it",
                        "gzip",
                        "tar -czf x.tgz d; (printf '#!/bin/sh\\ntail +3 | tar xz\\nexit\\n'; cat x.tgz) > $O",
                        "!d/e/app.conf [gzip] :2"),
                new Made(
                        "one in the other",
                        "zip",
                        "zip -q -r x.zip d; tar -czf y.tgz x.zip; zip -q z.zip y.tgz; tar -cJf $O z.zip",
                        "!z.zip!y.tgz!x.zip!d/e/app.conf [xz, gzip] :2"));
    }

    @TempDir Path folder = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("d/e"));
        Files.writeString(folder.resolve("d/e/app.conf"), "a\nt=" + Tokens.any(1) + "\n");
        Files.writeString(folder.resolve("d/other.txt"), "nothing\n".repeat(100));
    }

    /// The archive in a folder of its own.
    private Path make(Made made) throws IOException {
        assumeTrue(Programs.isThere(made.program()), made.program() + " is not installed");
        Path out = Files.createDirectories(folder.resolve("out"));
        Programs.run(folder, "O=out/some.bin; " + made.command());
        try (Stream<Path> files = Files.list(out)) {
            return files.findFirst().orElseThrow();
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void showsItsTokenOnce(Made made) throws IOException {
        Path archive = make(made);
        ScanReport report = Unpacked.scan(archive);
        assertThat(Unpacked.places(report)).containsExactly(archive.getFileName() + made.place());
        assertThat(report.incidents()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void showsItsTokenInAFolderOfManyFiles(Made made) throws IOException {
        Path archive = make(made);
        for (int i = 0; i < 5; i++) {
            Files.writeString(archive.resolveSibling("f" + i), "nothing");
        }
        assertThat(Unpacked.places(Unpacked.scan(folder.resolve("out"))))
                .containsExactly(archive.getFileName() + made.place());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void showsItsTokenWhenPipedIn(Made made) throws IOException {
        Path archive = make(made);
        // What only its end or its name tells cannot be told of a pipe.
        assumeTrue(!made.command().contains("head -c 3000") && !archive.toString().endsWith(".br"));
        assumeTrue(!made.name().startsWith("a script"));
        ScanReport report = Unpacked.scan(Files.readAllBytes(archive), ExpansionLimits.DEFAULT);
        assertThat(Unpacked.places(report)).containsExactly("<stdin>" + made.place());
        assertThat(report.incidents()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void opensOneInsideATarFileToo(Made made) throws IOException {
        Path archive = make(made);
        Programs.run(folder.resolve("out"), "tar -cf ../outer.tar *");
        ScanReport report = Unpacked.scan(folder.resolve("outer.tar"));
        assertThat(Unpacked.places(report))
                .isEqualTo(List.of("outer.tar!" + archive.getFileName() + made.place()));
    }
}
