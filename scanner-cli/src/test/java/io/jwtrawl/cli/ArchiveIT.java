package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.cli.Launcher.Result;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Archives, by the launcher that was built.
@Timeout(300)
class ArchiveIT {

    private static final int MIB = 1 << 20;

    @TempDir Path folder = Path.of("");

    private static byte[] zip(String name, byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] token(int number) {
        return ("t=" + Tokens.any(number) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void opensArchivesUnlessToldNotTo() throws IOException {
        Files.write(folder.resolve("a.zip"), zip("in/app.conf", token(1)));
        Result result = Launcher.run(folder, "scan", ".", "--format", "jsonl");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("\"path\":\"a.zip\"", "\"inner\":[\"in/app.conf\"]", "\"line\":1");
        Result closed = Launcher.run(folder, "scan", ".", "--format", "jsonl", "--no-archives");
        assertThat(closed.out()).isEmpty();
        assertThat(closed.exitCode()).isZero();
    }

    @Test
    void opensArchivesInTheHistoryOfARepository() throws IOException {
        GitRepo repo = GitRepo.init(folder.resolve("repo"));
        Files.write(repo.folder().resolve("a.zip"), zip("in/one.conf", token(1)));
        repo.commit("first");
        Files.write(repo.folder().resolve("a.zip"), zip("in/two.conf", token(2)));
        repo.commit("second");
        Files.delete(repo.folder().resolve("a.zip"));
        repo.commit("third");
        for (String packed : new String[] {"", "repack -adq"}) {
            if (!packed.isEmpty()) {
                repo.git(packed.split(" ", -1));
            }
            Result result = Launcher.run(folder, "git", "repo", "--format", "jsonl");
            assertThat(result.out().lines()).hasSize(2);
            assertThat(result.out())
                    .contains(
                            "\"path\":\"a.zip\"",
                            "\"inner\":[\"in/one.conf\"]",
                            "\"inner\":[\"in/two.conf\"]",
                            "\"inHead\":false");
        }
    }

    /// Once each, at its place inside, with the commit that brought it.
    @Test
    void findsEveryCarrierInTheHistoryOfARepository() throws Exception {
        GitRepo repo = GitRepo.init(folder.resolve("repo"));
        Path work = repo.folder();
        List<String> expected = new ArrayList<>();
        Files.write(work.resolve("a.zip"), zip("in/b.zip", zip("app.conf", token(1))));
        expected.add("a.zip in/b.zip!app.conf");
        Files.write(work.resolve("x.odt"), zip("content.xml", token(2)));
        expected.add("x.odt content.xml");
        Files.writeString(
                work.resolve("n.ipynb"),
                "{\"cells\":[{\"cell_type\":\"code\",\"metadata\":{},\"source\":[\"t='"
                        + Tokens.any(3)
                        + "'\"],\"outputs\":[]}],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}");
        expected.add("n.ipynb cells[0].source[0]");
        Files.writeString(
                work.resolve("b.plist"),
                "<?xml version=\"1.0\"?>\n<plist version=\"1.0\"><dict><key>jwt</key><string>"
                        + Tokens.any(4)
                        + "</string></dict></plist>");
        expected.add("b.plist jwt");
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(work.resolve("app.log.gz")))) {
            gzip.write(token(5));
        }
        expected.add("app.log.gz ");
        if (run(
                "sqlite3",
                "x.db",
                "CREATE TABLE t(v); INSERT INTO t VALUES('" + Tokens.any(6) + "');")) {
            expected.add("x.db t.v#1");
        }
        Files.write(
                work.resolve("mail.eml"),
                ("MIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
                                + Base64.getMimeEncoder().encodeToString(token(7))
                                + "\n")
                        .getBytes(StandardCharsets.US_ASCII));
        expected.add("mail.eml text 1");
        String commit = repo.commit("carriers");
        repo.git("rm", "-q", "-r", ".");
        repo.commit("none of them");
        Result result = Launcher.run(folder, "git", "repo", "--format", "jsonl");
        List<String> found =
                result.out()
                        .lines()
                        .filter(line -> !line.contains("incident"))
                        .map(line -> {
                            assertThat(line).contains("\"inHead\":false", "\"commit\":\"" + commit);
                            return between(line, "\"path\":\"", "\"")
                                    + " "
                                    + between(line, "\"inner\":[", "],")
                                            .replace("\",\"", "!")
                                            .replace("\"", "");
                        })
                        .toList();
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    private boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .directory(folder.resolve("repo").toFile())
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // not installed
        }
    }

    private static String between(String line, String begin, String end) {
        int from = line.indexOf(begin);
        if (from < 0) {
            return "";
        }
        from += begin.length();
        return line.substring(from, line.indexOf(end, from));
    }

    /// Parts of files are what opening is about, too: without it the line has to do.
    @Test
    void namesNoPartsOfFilesWithoutOpening() throws IOException {
        Files.writeString(
                folder.resolve("session.har"),
                "{\"log\":{\"entries\":[{\"request\":{\"url\":\"https://a/?t="
                        + Tokens.any(1)
                        + "\"}}]}}");
        Result opened = Launcher.run(folder, "scan", ".", "--format", "jsonl");
        assertThat(opened.out()).contains("\"inner\":[\"log.entries[0].request.url\"]");
        Result closed = Launcher.run(folder, "scan", ".", "--format", "jsonl", "--no-archives");
        assertThat(closed.out().lines()).hasSize(1);
        assertThat(closed.out()).contains("\"path\":\"session.har\"", "\"line\":1");
        assertThat(closed.out()).doesNotContain("log.entries");
    }

    /// In a heap of 64 MiB.
    @Test
    void survivesACollectionOfBombs() throws IOException {
        byte[] zeros = new byte[MIB];
        Files.createDirectory(folder.resolve("b"));
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(folder.resolve("b/zeros.gz")))) {
            for (int i = 0; i < 1000; i++) {
                gzip.write(zeros);
            }
        }
        byte[] nested = zip("x", new byte[32 * MIB]);
        for (int i = 0; i < 5; i++) {
            var out = new ByteArrayOutputStream();
            try (var zip = new ZipOutputStream(out)) {
                for (int j = 0; j < 16; j++) {
                    zip.putNextEntry(new ZipEntry("m" + j));
                    zip.write(nested);
                }
            }
            nested = out.toByteArray();
        }
        Files.write(folder.resolve("b/nested.zip"), nested);
        var many = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(many)) {
            for (int i = 0; i < 60_000; i++) {
                zip.putNextEntry(new ZipEntry("e" + i));
            }
        }
        Files.write(folder.resolve("b/many.zip"), many.toByteArray());
        Files.write(folder.resolve("b/token.txt"), token(1));
        Result result =
                Launcher.run(
                        folder,
                        "scan",
                        "b",
                        "--max-memory",
                        "64m",
                        "--max-entries",
                        "50000",
                        "--fail-on",
                        "never");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.out()).contains("\"path\":\"token.txt\"");
        assertThat(result.err())
                .contains(
                        "zeros.gz: it expands to more than 300 times its size (--max-ratio)",
                        "nested.zip: ",
                        "the scan is incomplete")
                .doesNotContain("memory to be opened", "broke off");
    }

    @Test
    void namesWhatIsWrongWithALimit() {
        for (String wrong :
                new String[] {
                    "--max-ratio=0", "--max-entries=x", "--max-expanded=-1", "--max-unpack-time=0s"
                }) {
            Result result = Launcher.run(folder, "scan", ".", wrong);
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err())
                    .startsWith("jwtrawl: " + wrong.substring(0, wrong.indexOf('=')));
        }
    }

    @Test
    void reportsOnlyWhatIsNewInAFolder() throws IOException {
        Files.createDirectory(folder.resolve("d"));
        Files.write(folder.resolve("d/a.zip"), zip("x", token(1)));
        String[] scan = {"scan", "d", "--state", "state", "--format", "jsonl"};
        assertThat(Launcher.run(folder, scan).out().lines()).hasSize(1);
        Result second = Launcher.run(folder, scan);
        assertThat(second.out()).isEmpty();
        assertThat(second.err()).contains("reports only what is new");
        assertThat(second.exitCode()).isZero();
        Files.write(folder.resolve("d/b"), token(2));
        assertThat(Launcher.run(folder, scan).out())
                .contains("\"path\":\"b\"")
                .doesNotContain("a.zip");
    }

    @Test
    void saysWhatAnIgnoreFileLeavesOut(@TempDir Path elsewhere) throws IOException {
        Files.write(folder.resolve("a"), token(1));
        Files.writeString(folder.resolve(".jwtrawlignore"), "a\n");
        Result result = Launcher.run(folder, "scan", ".");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err())
                .contains(".jwtrawlignore left out 1 path; --no-allow searches it too");
        assertThat(Launcher.run(folder, "scan", ".", "--no-allow").exitCode()).isEqualTo(1);
        assertThat(Launcher.run(elsewhere, "scan", folder.toString()).exitCode()).isEqualTo(1);
    }
}
