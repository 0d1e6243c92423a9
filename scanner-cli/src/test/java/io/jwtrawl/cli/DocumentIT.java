package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jwtrawl.cli.Launcher.Result;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Documents, by the launcher that was built.
@Timeout(300)
class DocumentIT {

    /// Programs that libraries for documents and pictures are known to run.
    private static final List<String> PROGRAMS =
            List.of(
                    "tesseract",
                    "exiftool",
                    "ffmpeg",
                    "convert",
                    "magick",
                    "sox",
                    "strings",
                    "file");

    @TempDir Path folder = Path.of("");

    private Path documents = Path.of("");

    @BeforeEach
    void write() throws IOException {
        documents = Files.createDirectory(folder.resolve("documents"));
        Files.write(documents.resolve("x.odt"), openDocument(Tokens.any(1)));
    }

    /// The token is cut by a change of style, and stands in one piece in a comment of the file that nobody sees.
    private static byte[] openDocument(String token) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (String[] member :
                    new String[][] {
                        {"mimetype", "application/vnd.oasis.opendocument.text"},
                        {
                            "content.xml",
                            "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
                                    + " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><!-- "
                                    + token
                                    + " --><office:body><office:text><text:p>"
                                    + token.substring(0, 30)
                                    + "<text:span>"
                                    + token.substring(30)
                                    + "</text:span></text:p></office:text></office:body></office:document-content>"
                        },
                        {"Pictures/a.png", "\u0089PNG"}
                    }) {
                var entry = new ZipEntry(member[0]);
                if (member[0].equals("mimetype")) {
                    byte[] bytes = member[1].getBytes(StandardCharsets.US_ASCII);
                    var crc = new java.util.zip.CRC32();
                    crc.update(bytes);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(bytes.length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(member[1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    private Result scan(String... options) {
        String[] arguments = new String[options.length + 4];
        System.arraycopy(
                new String[] {"scan", documents.toString(), "--format", "jsonl"},
                0,
                arguments,
                0,
                4);
        System.arraycopy(options, 0, arguments, 4, options.length);
        return Launcher.run(folder, arguments);
    }

    @Test
    void readsDocumentsUnlessToldNotTo() {
        Result result = scan();
        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        assertThat(result.out().lines()).hasSize(1);
        assertThat(result.out()).contains("\"inner\":[\"text\"]", "\"context\":\"document\"");
        Result asZip = scan("--no-documents");
        assertThat(asZip.out().lines()).hasSize(1);
        assertThat(asZip.out()).contains("\"inner\":[\"content.xml\"]");
        Result asDocument = scan("--no-archives");
        assertThat(asDocument.out()).contains("\"inner\":[\"text\"]");
        assertThat(scan("--no-archives", "--no-documents").out()).isEmpty();
    }

    @Test
    void readsDocumentsInAHistoryButNeverInAHook() throws IOException {
        GitRepo repo = GitRepo.init(folder.resolve("repo"));
        repo.commit("a.txt", "nothing");
        Files.copy(documents.resolve("x.odt"), repo.folder().resolve("x.odt"));
        repo.git("add", "-A");
        Result hook = Launcher.run(repo.folder(), "hook", "run");
        assertThat(hook.exitCode()).as(hook.err()).isZero();
        repo.commit("second");
        Result history = Launcher.run(repo.folder(), "git", "--format", "jsonl");
        assertThat(history.out()).contains("\"path\":\"x.odt\"", "\"inner\":[\"text\"]");
    }

    @Test
    void namesWhatItGaveUp() throws IOException {
        Files.writeString(documents.resolve("a.txt"), Tokens.any(2));
        Files.writeString(documents.resolve("b.pdf"), "%PDF-1.4\n1 0 obj<</Type/Catalog");
        Result result = scan("--fail-on", "never");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.out().lines()).hasSize(3);
        assertThat(result.err()).contains("b.pdf: ");
        Result late = scan("--fail-on", "never", "--max-document-time", "1ms");
        assertThat(late.err()).contains("x.odt");
    }

    @Test
    void namesWhatIsWrongWithALimit() {
        for (String wrong :
                List.of(
                        "--max-document-time=0s",
                        "--max-document-memory=1m",
                        "--document-processes=0")) {
            Result result = scan(wrong);
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err())
                    .startsWith("jwtrawl: " + wrong.substring(0, wrong.indexOf('=')));
        }
    }

    @Test
    void runsNoOtherProgram() throws IOException {
        Path programs = Files.createDirectory(folder.resolve("programs"));
        Path witness = folder.resolve("was-run");
        for (String program : PROGRAMS) {
            Path file = programs.resolve(program);
            Files.writeString(file, "#!/bin/sh\necho " + program + " >> " + witness + "\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        String picture =
                Base64.getEncoder().encodeToString(new byte[] {(byte) 0x89, 'P', 'N', 'G'});
        Files.writeString(
                documents.resolve("x.eml"),
                "MIME-Version: 1.0\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n"
                        + picture
                        + "\n");
        Result result =
                Launcher.run(
                        folder,
                        "",
                        Map.of("PATH", programs + ":" + System.getenv("PATH")),
                        "scan",
                        "documents",
                        "--format",
                        "jsonl");
        assertThat(result.out()).contains("\"inner\":[\"text\"]");
        assertThat(witness).doesNotExist();
    }

    /// What a scan and its two processes take together, where what several of them have is counted in shares. The documents are
    /// those of many programs; how many there are makes little difference.
    @Test
    void takesLessThanHalfAGibibyteWithItsProcesses() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/smaps_rollup")));
        Path corpus =
                Path.of("../scanner-documents/src/test/resources/io/jwtrawl/documents/corpus.zip");
        for (int i = 0; i < 6; i++) {
            Files.copy(corpus, documents.resolve(i + ".zip"));
        }
        Process scan =
                new ProcessBuilder(
                                Launcher.HOME.resolve("bin/jwtrawl").toString(),
                                "scan",
                                documents.toString(),
                                "--fail-on=never",
                                "--quiet",
                                "--format=jsonl",
                                "--output=" + folder.resolve("report"))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        long most = 0;
        while (!scan.waitFor(20, TimeUnit.MILLISECONDS)) {
            most = Math.max(most, kibibytes(scan.toHandle()));
        }
        assertThat(scan.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
        assertThat(Files.readAllLines(folder.resolve("report")).size()).isGreaterThan(6 * 100);
        assertThat(most).isBetween(50L << 10, 512L << 10);
    }

    private static long kibibytes(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(DocumentIT::share)
                .sum();
    }

    private static long share(ProcessHandle process) {
        try (Stream<String> lines =
                Files.lines(Path.of("/proc/" + process.pid() + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0; // it has just ended
        }
    }

    @Test
    void loadsNoLibraryForDocumentsWhereThereAreNone() throws IOException {
        Files.delete(documents.resolve("x.odt"));
        Files.writeString(documents.resolve("a.txt"), Tokens.any(1));
        Path log = folder.resolve("classes.log");
        Result result =
                Launcher.run(
                        folder,
                        "",
                        Map.of("_JAVA_OPTIONS", "-Xlog:class+load:file=" + log),
                        "scan",
                        "documents");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(Files.readAllLines(log))
                .anyMatch(line -> line.contains("io.jwtrawl.documents.Recognition "))
                .noneMatch(line -> line.contains("org.apache.tika"));
    }
}
