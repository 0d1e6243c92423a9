package io.jwtrawl.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.Engine;
import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.Position;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which files of a tree are searched, and which are not, or not again.
class SelectionTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @TempDir Path folder = Path.of("");

    private Path tree() throws IOException {
        return Files.createDirectories(folder.resolve("tree"));
    }

    private void write(String path, String text) throws IOException {
        Path file = tree().resolve(path);
        Files.createDirectories(file.getParent() == null ? tree() : file.getParent());
        Files.writeString(file, text);
    }

    private ScanReport scan(FileSelection selection) throws IOException {
        RuleSet rules = RuleSet.builtIn();
        List<Attribution> attributions = new ArrayList<>(selection.attributions());
        selection.memory().ifPresent(attributions::add);
        try {
            return new Engine(
                            rules,
                            rules.policy("default"),
                            Limits.DEFAULT,
                            2,
                            List.of(new FileCrawler(tree(), selection, NestedPlaces.NONE)),
                            attributions)
                    .scan(NOW);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FileSelection selection(
            boolean ignoreFiles,
            Optional<Mounts> mounts,
            Optional<Instant> since,
            Optional<FolderState> state) {
        return new FileSelection(PathFilter.ALL, ignoreFiles, mounts, since, state);
    }

    private static List<String> paths(ScanReport report) {
        return report.findings().stream().map(finding -> finding.place().path()).sorted().toList();
    }

    @Test
    void obeysIgnoreFilesOnlyWhereTheyAreTheUsersOwn() throws IOException {
        write("a.txt", Tokens.any(1));
        write("b/c.txt", Tokens.any(2));
        write("b/d.txt", Tokens.any(3));
        write(".jwtrawlignore", "b/*\n!d.txt\n");
        write("b/.jwtrawlignore", "");
        FileSelection own = selection(true, Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(paths(scan(own))).containsExactly("a.txt", "b/d.txt");
        assertThat(own.ignored()).isEqualTo(2); // the list in b, too
        assertThat(paths(scan(FileSelection.of(PathFilter.ALL)))).hasSize(3);
    }

    @Test
    void searchesAHardLinkOnceAndReportsItsFirstName() throws IOException {
        write("m/file", Tokens.any(1));
        Files.createLink(tree().resolve("z"), tree().resolve("m/file"));
        Files.createLink(tree().resolve("b"), tree().resolve("m/file"));
        write("large", "x".repeat(400_000) + "\n" + Tokens.any(2));
        Files.createLink(tree().resolve("large2"), tree().resolve("large"));
        ScanReport report = scan(FileSelection.of(PathFilter.ALL));
        assertThat(paths(report)).containsExactly("b", "large");
        assertThat(report.statistics().blobs()).isEqualTo(2);
    }

    @Test
    void leavesOutWhatWasModifiedBefore() throws IOException {
        write("old", Tokens.any(1));
        write("new", Tokens.any(2));
        Files.setLastModifiedTime(tree().resolve("old"), FileTime.from(NOW.minusSeconds(10)));
        Files.setLastModifiedTime(tree().resolve("new"), FileTime.from(NOW));
        assertThat(
                        paths(
                                scan(
                                        selection(
                                                false,
                                                Optional.empty(),
                                                Optional.of(NOW),
                                                Optional.empty()))))
                .containsExactly("new");
    }

    @Test
    void entersNoFileSystemThatIsClosed() {
        String table =
                """
                25 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw
                26 25 0:5 / /proc rw shared:2 - proc proc rw
                27 25 0:6 / /mnt/a\\040b rw - nfs4 host:/x rw
                28 25 8:2 / /data rw master:1 - xfs /dev/sdb rw
                """;
        Mounts usual = Mounts.read(table, true, true);
        assertThat(List.of(usual.mayEnter(Path.of("/proc")), usual.mayEnter(Path.of("/mnt/a b"))))
                .containsExactly(false, true);
        Mounts local = Mounts.read(table, true, false);
        assertThat(List.of(local.mayEnter(Path.of("/mnt/a b")), local.mayEnter(Path.of("/data"))))
                .containsExactly(false, true);
        assertThat(Mounts.read(table, false, true).mayEnter(Path.of("/data"))).isFalse();
    }

    private ScanReport scanWithState() throws IOException {
        FolderState state = FolderState.open(folder.resolve("state"), "detector");
        ScanReport report =
                scan(selection(false, Optional.empty(), Optional.empty(), Optional.of(state)));
        state.remember(report);
        return report;
    }

    @Test
    void readsAndReportsOnlyWhatIsNewSinceTheState() throws IOException {
        write("a", "x\n" + Tokens.any(1));
        write("b", Tokens.any(2));
        assertThat(paths(scanWithState())).containsExactly("a", "b");
        ScanReport second = scanWithState();
        assertThat(second.findings()).isEmpty();
        assertThat(second.statistics().blobs()).isZero();
        Files.setLastModifiedTime(tree().resolve("a"), FileTime.from(NOW)); // the same content
        assertThat(scanWithState().statistics().blobs()).isZero();
        write("a", "x\n" + Tokens.any(1) + "\n" + Tokens.any(3));
        write("c", Tokens.any(1));
        ScanReport fourth = scanWithState();
        assertThat(paths(fourth)).containsExactly("a", "c");
        assertThat(fourth.statistics().blobs()).isEqualTo(2);
    }

    @Test
    void searchesAllAgainWhereTheStateCannotBeUsed() throws IOException {
        write("a", Tokens.any(1));
        scanWithState();
        assertThat(FolderState.open(folder.resolve("state"), "another").notice()).isPresent();
        String text = Files.readString(folder.resolve("state"));
        Files.writeString(folder.resolve("state"), text.replaceFirst("file [0-9]", "file 77"));
        assertThat(FolderState.open(folder.resolve("state"), "detector").notice())
                .contains("it is damaged");
        Files.writeString(folder.resolve("state"), "something else");
        assertThatThrownBy(() -> FolderState.open(folder.resolve("state"), "detector"))
                .isInstanceOf(IOException.class);
        assertThat(Files.readString(folder.resolve("state"))).isEqualTo("something else");
    }

    @Test
    void reachesPathsLongerThanTheSystemTakes() throws Exception {
        assumeTrue(LinuxFolder.isSupported());
        String half = ("n".repeat(200) + "/").repeat(15);
        Path other = Files.createDirectories(folder.resolve("other/" + half));
        Files.writeString(other.resolve("small"), Tokens.any(1));
        Files.writeString(other.resolve("large"), "x".repeat(300_000) + "\n" + Tokens.any(2));
        Files.createDirectories(tree().resolve(half));
        Files.move(folder.resolve("other"), tree().resolve(half + "other"));
        ScanReport report = scan(FileSelection.of(PathFilter.ALL));
        assertThat(report.incidents()).isEmpty();
        assertThat(paths(report)).hasSize(2);
        // The standard library cannot delete it.
        new ProcessBuilder("rm", "-rf", tree().toString()).start().waitFor();
    }

    @Test
    void leapsOverTheHolesOfASparseFile() throws Exception {
        Path file = tree().resolve("sparse");
        String token = Tokens.any(1);
        long column = (20L << 30) + 2 - ((3L << 30) + 1 + token.length() + 1);
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.writeBytes("x".repeat(10_000) + "\n");
            out.seek(3L << 30);
            out.writeBytes("\n" + token + "\n");
            out.seek(20L << 30);
            out.writeBytes(" " + Tokens.any(2));
        }
        // Whether two threads share it differs from run to run.
        for (int i = 0; i < 10; i++) {
            ScanReport report = scan(FileSelection.of(PathFilter.ALL));
            assertThat(report.findings().stream().map(finding -> finding.sighting().position()))
                    .containsExactlyInAnyOrder(
                            new Position((3L << 30) + 1, 3, 1),
                            new Position((20L << 30) + 1, 4, column));
        }
    }
}
