package io.jwtrawl.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.Engine;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.SeekableStream;
import io.jwtrawl.testkit.Tokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FileCrawlerTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @TempDir Path folder = Path.of("");

    /// How folders are read; what they hold must not depend on it.
    Folder.Opener opener() {
        return LinuxFolder.isSupported() ? LinuxFolder::open : PortableFolder::new;
    }

    private Crawler crawler(Path root, PathFilter filter, NestedPlaces nested) {
        return new FileCrawler(root, FileSelection.of(filter), nested, opener());
    }

    @Test
    void searchesHiddenAndIgnoredFilesAtAnyDepth() throws Exception {
        write(".env", Tokens.any(1));
        write("a/b/c/d.txt", Tokens.any(2));
        write(".gitignore", "secret.txt");
        write("secret.txt", Tokens.any(3));
        assertThat(paths(scan(folder)))
                .containsExactlyInAnyOrder(".env", "a/b/c/d.txt", "secret.txt");
    }

    @Test
    void searchesASingleFile() throws Exception {
        write("one.txt", "x\n" + Tokens.any(1));
        ScanReport report = scan(folder.resolve("one.txt"));
        assertThat(paths(report)).containsExactly("one.txt");
        assertThat(report.findings().getFirst().place().uri())
                .contains(folder.resolve("one.txt").toUri());
    }

    @Test
    void tellsSinceWhenAFileWasThere() throws Exception {
        write("a", Tokens.any(1));
        Instant modified = Instant.parse("2026-05-01T00:00:00Z");
        Files.setLastModifiedTime(folder.resolve("a"), FileTime.from(modified));
        assertThat(scan(folder).findings().getFirst().sighting().since()).contains(modified);
    }

    @Test
    @Timeout(60)
    void doesNotFollowLinksNorReadPipes() throws Exception {
        write("real/token.txt", Tokens.any(1));
        Files.createSymbolicLink(folder.resolve("real/loop"), folder);
        Files.createSymbolicLink(folder.resolve("link.txt"), folder.resolve("real/token.txt"));
        Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));
        new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor();
        ScanReport report = scan(folder);
        assertThat(paths(report)).containsExactly("real/token.txt");
        assertThat(report.isComplete()).isTrue();
    }

    @Test
    void followsALinkThatTheUserNamed() throws Exception {
        write("real/token.txt", Tokens.any(1));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
        assertThat(paths(scan(link))).containsExactly("token.txt");
    }

    @Test
    void showsAndReadsNamesThatAreNotUtf8() throws Exception {
        Process process =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "printf '%s' \"$1\" > \"$(printf 'caf\\351.txt')\"",
                                "sh",
                                Tokens.any(1))
                        .directory(folder.toFile())
                        .start();
        assumeTrue(process.waitFor() == 0, "the file system takes names that are not UTF-8");
        ScanReport report = scan(folder);
        assertThat(paths(report)).containsExactly("caf\\xe9.txt");
        assertThat(report.findings().getFirst().place().uri().orElseThrow().toString())
                .endsWith("/caf%E9.txt");
    }

    @Test
    void namesAnUnreadableFileAndGoesOn() throws Exception {
        assumeTrue(!System.getProperty("user.name").equals("root"), "root may read everything");
        write("closed", Tokens.any(1));
        write("open", Tokens.any(2));
        Files.setPosixFilePermissions(
                folder.resolve("closed"), PosixFilePermissions.fromString("---------"));
        ScanReport report = scan(folder);
        assertThat(paths(report)).containsExactly("open");
        assertThat(report.incidents())
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident.where().display()).endsWith("/closed");
                    assertThat(incident.what()).isEqualTo("permission denied");
                });
    }

    /// Linux shows a process its own memory as a file whose first bytes nobody can read, not even root.
    @Test
    void namesAFileThatFailsWhileItIsRead() {
        Path memory = Path.of("/proc/self/mem");
        assumeTrue(Files.exists(memory), "there is a /proc");
        assertThat(scan(memory).incidents())
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident.where().display()).endsWith("/mem");
                    assertThat(incident.what()).contains("Input/output error");
                });
    }

    @Test
    void namesATargetThatVanished() throws Exception {
        ScanReport report = scan(folder.resolve("gone"));
        assertThat(report.incidents())
                .singleElement()
                .satisfies(incident ->
                        assertThat(incident.what()).isEqualTo("vanished while scanning"));
    }

    @Test
    void leavesOutWhatTheUserExcludes() throws Exception {
        write("a.log", Tokens.any(1));
        write("node_modules/x/a.log", Tokens.any(2));
        write("b.txt", Tokens.any(3));
        assertThat(paths(scan(folder, PathFilter.of(List.of("*.log"), List.of("node_modules")))))
                .containsExactly("a.log");
    }

    @Test
    void leavesGitObjectsToTheOneWhoKnowsThemAndReadsTheRest() throws Exception {
        write("repo/.git/HEAD", "ref: refs/heads/main");
        write("repo/.git/refs/heads/x", "");
        write("repo/.git/objects/ab/cdef", Tokens.any(1));
        write("repo/.git/config", "extraheader = Authorization: bearer " + Tokens.any(2));
        write("repo/a.txt", Tokens.any(3));
        List<Path> repositories = new ArrayList<>();
        NestedPlaces nested =
                path -> {
                    synchronized (repositories) {
                        repositories.add(path);
                    }
                    return Optional.of(_ -> {});
                };
        ScanReport report = scan(crawler(folder, PathFilter.ALL, nested));
        assertThat(paths(report)).containsExactlyInAnyOrder("repo/.git/config", "repo/a.txt");
        assertThat(repositories).containsExactly(folder.resolve("repo/.git"));
    }

    @Test
    void asksForARepositoryWhosePartsAreLinks() throws Exception {
        write("elsewhere/objects/ab/cdef", "x");
        write("elsewhere/HEAD", "ref: refs/heads/main");
        Files.createDirectories(folder.resolve("parts/.git/refs"));
        Files.createSymbolicLink(
                folder.resolve("parts/.git/objects"), folder.resolve("elsewhere/objects"));
        Files.createSymbolicLink(
                folder.resolve("parts/.git/HEAD"), folder.resolve("elsewhere/HEAD"));
        Files.createDirectories(folder.resolve("whole"));
        Files.createSymbolicLink(folder.resolve("whole/.git"), folder.resolve("parts/.git"));
        Set<Path> asked = ConcurrentHashMap.newKeySet();
        scan(
                crawler(
                        folder,
                        PathFilter.ALL,
                        path -> {
                            asked.add(path);
                            return Optional.empty();
                        }));
        assertThat(asked)
                .containsExactlyInAnyOrder(
                        folder.resolve("parts/.git"), folder.resolve("whole/.git"));
    }

    @Test
    void asksForTheRepositoryBehindAGitFile() throws Exception {
        write("linked/.git", "gitdir: /elsewhere");
        List<Path> asked = new ArrayList<>();
        scan(
                crawler(
                        folder,
                        PathFilter.ALL,
                        path -> {
                            asked.add(path);
                            return Optional.empty();
                        }));
        assertThat(asked).containsExactly(folder.resolve("linked/.git"));
    }

    @Test
    void searchesManyFilesOfOneFolder() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            write("f" + i, Tokens.any(i));
        }
        assertThat(scan(folder).findings()).hasSize(1_000);
    }

    @Test
    void doesNotRunAfterAFileThatGrowsForEver() throws IOException {
        int[] told = {0};
        try (var stream =
                new GrowingFileStream(
                        new SeekableStream() {
                            @Override
                            public int read(byte[] bytes, int offset, int length) {
                                return length;
                            }

                            @Override
                            public void seek(long position) {}

                            @Override
                            public long size() {
                                return Long.MAX_VALUE;
                            }

                            @Override
                            public SeekableStream reopen() {
                                return this;
                            }
                        },
                        Files.createFile(folder.resolve("grows")),
                        () -> told[0]++)) {
            byte[] buffer = new byte[1 << 20];
            long read = 0;
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                read += n;
            }
            assertThat(read).isEqualTo(128L << 20);
        }
        assertThat(told[0]).isEqualTo(1);
    }

    @Test
    void readsStandardInput() {
        byte[] text = ("a\nb " + Tokens.any(1)).getBytes(StandardCharsets.US_ASCII);
        ScanReport report = scan(new StreamCrawler(new ByteArrayInputStream(text)));
        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.place().source()).isEqualTo("stdin");
                    assertThat(finding.sighting().position().line()).isEqualTo(2);
                    assertThat(finding.sighting().position().column()).isEqualTo(3);
                    assertThat(finding.sighting().position().offset()).isEqualTo(4);
                });
    }

    /// Where one thread's share ends and the next one's begins, tokens cross the border in every way.
    @Test
    void threadsShareALargeFileAndFindTheSame() throws Exception {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        Path file = folder.resolve("large.log");
        try (var out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            for (int i = 0; i < 400; i++) {
                String token = Tokens.any(i);
                out.write("x".repeat(random.nextInt(60_000)) + "\n");
                String line = "line " + i + " " + token + " ";
                out.write(line.repeat(1 + random.nextInt(3)));
                out.write(("filler " + i + "\n").repeat(random.nextInt(5_000)));
                if (i % 4 == 0) {
                    String hidden = "hidden " + Tokens.any(1_000 + i) + " ".repeat(90_000);
                    out.write(
                            Base64.getEncoder()
                                    .encodeToString(hidden.getBytes(StandardCharsets.US_ASCII)));
                }
            }
        }
        List<String> alone = places(scan(crawler(file, PathFilter.ALL, NestedPlaces.NONE), 1));
        assertThat(alone).hasSize(500);
        for (int threads : new int[] {2, 3, 8}) {
            Crawler crawler = crawler(file, PathFilter.ALL, NestedPlaces.NONE);
            assertThat(places(scan(crawler, threads)))
                    .as("seed " + seed + ", " + threads + " threads")
                    .isEqualTo(alone);
        }
    }

    private static List<String> places(ScanReport report) {
        return report.findings().stream()
                .map(finding ->
                        finding.sighting().token().id()
                                + " at "
                                + finding.sighting().position()
                                + " in "
                                + finding.place().encoding())
                .toList();
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static List<String> paths(ScanReport report) {
        return report.findings().stream().map(Finding::place).map(place -> place.path()).toList();
    }

    private ScanReport scan(Path root) {
        return scan(root, PathFilter.ALL);
    }

    private ScanReport scan(Path root, PathFilter filter) {
        return scan(crawler(root, filter, NestedPlaces.NONE));
    }

    private ScanReport scan(Crawler crawler) {
        return scan(crawler, 2);
    }

    private static ScanReport scan(Crawler crawler, int threads) {
        RuleSet rules = RuleSet.builtIn();
        try {
            return new Engine(
                            rules,
                            rules.policy("default"),
                            Limits.DEFAULT,
                            threads,
                            List.of(crawler),
                            List.of(new FileAges()))
                    .scan(NOW);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
