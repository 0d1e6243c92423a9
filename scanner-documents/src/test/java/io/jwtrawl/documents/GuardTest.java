package io.jwtrawl.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.files.FileCrawler;
import io.jwtrawl.files.NestedPlaces;
import io.jwtrawl.files.unpack.ArchiveUnpacker;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.source.ExpansionLimits;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.testkit.Tries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// No document hangs a scan, ends it or hides what else there is; what was left out is named.
@Timeout(300)
class GuardTest {

    private static final DocumentLimits SMALL =
            new DocumentLimits(Duration.ofSeconds(20), 40L << 20, 2);

    @TempDir Path folder = Path.of("");

    /// Whatever happened, no process is left.
    @AfterEach
    void noProcessIsLeft() {
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    private void write(String name, byte[] bytes) {
        try {
            Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// A page for each line of text.
    private static byte[] longPdf(int pages) {
        var pdf = new StringBuilder("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n");
        pdf.append("2 0 obj<</Type/Pages/Count ").append(pages).append("/Kids[");
        for (int i = 0; i < pages; i++) {
            pdf.append(3 + i).append(" 0 R ");
        }
        pdf.append("]>>endobj\n");
        for (int i = 0; i < pages; i++) {
            pdf.append(3 + i)
                    .append(
                            " 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Resources<</Font<</F ")
                    .append(3 + pages)
                    .append(" 0 R>>>>/Contents ")
                    .append(4 + pages)
                    .append(" 0 R>>endobj\n");
        }
        String text = "BT /F 6 Tf " + "1 0 0 1 9 9 Tm (a b c d e f g) Tj ".repeat(2000) + "ET";
        pdf.append(3 + pages)
                .append(" 0 obj<</Type/Font/Subtype/Type1/BaseFont/Courier>>endobj\n")
                .append(4 + pages)
                .append(" 0 obj<</Length ")
                .append(text.length())
                .append(">>stream\n")
                .append(text)
                .append("\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
        return utf8(pdf.toString());
    }

    @Test
    void givesUpADocumentThatTakesTooLong() {
        write("a.pdf", longPdf(20_000));
        write("b.docx", Samples.docx());
        var limits = new DocumentLimits(Duration.ofSeconds(10), 128L << 20, 1);
        ScanReport report = Scans.scan(folder, ExpansionLimits.DEFAULT, limits);
        assertThat(Scans.incidents(report))
                .containsExactly("a.pdf: takes longer to be read than 10 s (--max-document-time)");
        assertThat(Scans.places(report)).contains("b.docx!text 1", "b.docx!text 2");
    }

    @Test
    void findsWhatADocumentShowedBeforeItsTimeWasOver() {
        String token = Samples.token(1);
        String line =
                "1 0 0 1 9 300 Tm ("
                        + token.substring(0, 30)
                        + ") Tj ("
                        + token.substring(30)
                        + ") Tj";
        String pdf = new String(longPdf(20_000), StandardCharsets.ISO_8859_1);
        write("a.pdf", utf8(pdf.replaceFirst("1 0 0 1 9 9 Tm \\(a b c d e f g\\) Tj", line)));
        var limits = new DocumentLimits(Duration.ofSeconds(10), 128L << 20, 1);
        ScanReport report = Scans.scan(folder, ExpansionLimits.DEFAULT, limits);
        assertThat(Scans.incidents(report)).hasSize(1);
        assertThat(Scans.places(report)).contains("a.pdf!page 1 1");
    }

    @Test
    void givesUpADocumentThatNeedsTooMuchMemory() {
        byte[] large = Samples.workbook(new XSSFWorkbook());
        write("a.one", hungry());
        write("b.xlsx", large);
        ScanReport report =
                Scans.scan(
                        folder,
                        ExpansionLimits.DEFAULT,
                        new DocumentLimits(Duration.ofSeconds(60), 40L << 20, 1));
        assertThat(Scans.incidents(report))
                .containsExactly(
                        "a.one: needs more memory to be read than --max-document-memory grants");
        assertThat(Scans.places(report)).contains("b.xlsx!sheet 2 1");
    }

    /// A mail whose one header is larger than the heap: it is kept in memory as a whole.
    private static byte[] hungry() {
        return utf8(
                "MIME-Version: 1.0\nContent-Transfer-Encoding: base64\nX: "
                        + "x".repeat(30 << 20)
                        + "\n\nZWU=\n");
    }

    /// One that does not even look at the clock any more is ended from outside.
    @Test
    void endsAProcessThatDoesNotAnswer() throws Exception {
        write("a.pdf", longPdf(2000));
        var limits = new DocumentLimits(Duration.ofSeconds(1), 128L << 20, 1);
        var stopper =
                new Thread(() -> {
                    while (true) {
                        List<ProcessHandle> children = ProcessHandle.current().children().toList();
                        for (ProcessHandle child : children) {
                            stop(child);
                        }
                        if (!children.isEmpty()) {
                            return;
                        }
                        Thread.onSpinWait();
                    }
                });
        stopper.start();
        ScanReport report = Scans.scan(folder, ExpansionLimits.DEFAULT, limits);
        stopper.join();
        assertThat(Scans.incidents(report)).hasSize(1).first().asString().startsWith("a.pdf: ");
    }

    private static void stop(ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void expandsNoEntities() {
        var laughs = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 12; i++) {
            laughs.append("<!ENTITY a").append(i).append(" \"");
            laughs.append(("&a" + (i - 1) + ";").repeat(10)).append("\">");
        }
        String text = laughs + "]><x>&a11;</x>";
        String secret =
                "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>";
        for (String xml : List.of(text, secret)) {
            String name = xml.equals(text) ? "laughs" : "external";
            write(
                    name + ".odt",
                    Samples.zip(
                            Map.of(),
                            "application/vnd.oasis.opendocument.text",
                            Map.of("content.xml", xml)));
            write(name + ".docx", Samples.changed(Samples.docx(), "word/document.xml", xml));
            write(
                    name + ".xlsx",
                    Samples.changed(Samples.of("x.xlsx"), "xl/worksheets/sheet1.xml", xml));
            write(
                    name + ".pptx",
                    Samples.changed(Samples.of("x.pptx"), "ppt/slides/slide1.xml", xml));
        }
        write("c.docx", Samples.docx());
        ScanReport report = Scans.scan(folder, ExpansionLimits.DEFAULT, SMALL);
        assertThat(Scans.places(report)).contains("c.docx!text 1");
        assertThat(report.isComplete()).isFalse();
    }

    @Test
    void opensDocumentsInDocumentsOnlySoDeep() {
        byte[] nested = Samples.docx();
        for (int i = 0; i < 12; i++) {
            nested = Samples.with(Samples.docx(), "word/embeddings/inner.xml", nested);
        }
        write("deep.docx", nested);
        byte[] pdf = Samples.pdf(1, "x.txt", utf8("x"));
        for (int i = 0; i < 12; i++) {
            pdf = Samples.pdf(1, "inner.pdf", pdf);
        }
        write("deep.pdf", pdf);
        ScanReport report = Scans.scan(folder, ExpansionLimits.DEFAULT, SMALL);
        assertThat(Scans.incidents(report))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("is not opened (--max-depth)"));
        assertThat(Scans.places(report)).contains("deep.docx!text 1", "deep.pdf!page 1 1");
    }

    @Test
    void readsDocumentsThatLeadInCircles() {
        write(
                "pages.pdf",
                utf8(
                        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"));
        write(
                "objects.pdf",
                utf8(
                        "%PDF-1.4\n1 0 obj 2 0 R endobj\n2 0 obj 1 0 R endobj\ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF\n"));
        write(
                "names.pdf",
                utf8(
                        "%PDF-1.4\n1 0 obj<</Type/Catalog/Names<</EmbeddedFiles 2 0 R>>/Outlines 3 0 R/Pages 4 0 R>>endobj\n2 0 obj<</Kids[2 0 R]>>endobj\n3 0 obj<</First 3 0 R/Next 3 0 R/Title(x)>>endobj\n4 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"));
        write("z.pdf", Samples.pdf());
        ScanReport report =
                Scans.scan(
                        folder,
                        ExpansionLimits.DEFAULT,
                        new DocumentLimits(Duration.ofSeconds(5), 64L << 20, 2));
        assertThat(Scans.places(report)).contains("z.pdf!page 1 1");
    }

    /// Each chunk of the stream expands a thousand times.
    @Test
    void stopsWhatExpandsTooFar() {
        String line = "(" + "a".repeat(1000) + ")Tj ";
        var out =
                Samples.bytes(stream -> {
                    try (var deflater = new java.util.zip.DeflaterOutputStream(stream)) {
                        deflater.write(utf8("BT /F 6 Tf "));
                        byte[] bytes = utf8(line);
                        for (int i = 0; i < 100_000; i++) {
                            deflater.write(bytes);
                        }
                    }
                });
        byte[] begin =
                utf8(
                        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Courier>>>>>>/Contents 4 0 R>>endobj\n4 0 obj<</Filter/FlateDecode/Length "
                                + out.length
                                + ">>stream\n");
        byte[] end = utf8("\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
        write(
                "bomb.pdf",
                Samples.bytes(stream -> {
                    stream.write(begin);
                    stream.write(out);
                    stream.write(end);
                }));
        write("z.pdf", Samples.pdf());
        ScanReport report =
                Scans.scan(
                        folder,
                        ExpansionLimits.DEFAULT,
                        new DocumentLimits(Duration.ofSeconds(20), 64L << 20, 2));
        assertThat(Scans.incidents(report)).hasSize(1).first().asString().startsWith("bomb.pdf: ");
        assertThat(Scans.places(report)).contains("z.pdf!page 1 1");
    }

    @Test
    void namesWhatIsEncrypted() {
        write("a.pdf", Samples.encryptedPdf());
        write("b.docx", Samples.encrypted(Samples.docx()));
        assertThat(Scans.incidents(Scans.scan(folder)))
                .containsExactly("a.pdf: is encrypted", "b.docx: is encrypted");
    }

    @Test
    void survivesDamageOfEveryKind() {
        try (var documents =
                new DocumentUnpacker(new ArchiveUnpacker(), ExpansionLimits.DEFAULT, SMALL)) {
            Tries.run(
                    8,
                    random -> {
                        for (String name : Samples.NAMES) {
                            write(name, damaged(Samples.of(name), random));
                        }
                        write("z.pdf", Samples.pdf());
                        ScanReport report =
                                Scans.scan(
                                        new FileCrawler(folder, PathFilter.ALL, NestedPlaces.NONE),
                                        documents,
                                        ExpansionLimits.DEFAULT);
                        assertThat(Scans.places(report))
                                .contains("z.pdf!page 1 1", "z.pdf!page 2 [line-wrap] 2");
                        for (Incident incident : report.incidents()) {
                            assertThat(incident.what())
                                    .doesNotContain("unexpected failure")
                                    .doesNotContain("Exception")
                                    .doesNotContain("broke down")
                                    .isNotBlank();
                        }
                    });
        }
    }

    /// The begin, by which the kind is known, stays.
    private static byte[] damaged(byte[] document, Random random) {
        byte[] bad = document.clone();
        if (random.nextInt(3) == 0) {
            return Arrays.copyOf(bad, 16 + random.nextInt(bad.length - 16));
        }
        int changes = 1 << random.nextInt(10);
        for (int i = 0; i < changes; i++) {
            bad[16 + random.nextInt(bad.length - 16)] ^= (byte) (1 << random.nextInt(8));
        }
        return bad;
    }

    @Test
    void tellsOfEveryTruncatedDocument() {
        for (String name : Samples.NAMES) {
            byte[] whole = Samples.of(name);
            write(name, Arrays.copyOf(whole, whole.length * 2 / 3));
        }
        ScanReport report = Scans.scan(folder);
        List<String> told =
                report.incidents().stream()
                        .map(incident -> incident.where().outermost().path())
                        .distinct()
                        .sorted()
                        .toList();
        // Text has no end that could be missed.
        List<String> all =
                Samples.NAMES.stream()
                        .filter(name -> !name.endsWith(".rtf") && !name.endsWith(".eml"))
                        .sorted()
                        .toList();
        assertThat(told).containsAll(all);
    }

    @Test
    void leavesNoFilesBehind() throws IOException {
        List<Path> before = left();
        write("x.docx", Samples.docx());
        write("a.pdf", longPdf(5000));
        Scans.scan(
                folder,
                ExpansionLimits.DEFAULT,
                new DocumentLimits(Duration.ofSeconds(1), 128L << 20, 1));
        assertThat(left()).isEqualTo(before);
    }

    private static List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(
                            file -> file.getFileName().toString().startsWith("jwtrawl-documents"))
                    .sorted()
                    .toList();
        }
    }
}
