package io.jwtrawl.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.ScanReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A token in every place that a document of each kind has for one is found once, where people would look for it.
@Timeout(300)
class CarriersTest {

    record Carrier(String name, List<String> places) {

        byte[] bytes() {
            return Samples.of(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Carrier carrier(String name, String... places) {
        return new Carrier(name, Arrays.asList(places));
    }

    static Stream<Carrier> carriers() {
        return Stream.of(
                carrier(
                        "x.pdf",
                        "page 1 1",
                        "page 2 [line-wrap] 2",
                        "page 1 3",
                        "text 4",
                        "notes.txt 5",
                        "metadata 6"),
                carrier("x.docx", "text 1", "text 2", "text 3", "text 4", "metadata 5"),
                carrier("x.xlsx", "sheet 2 1", "sheet 2 2"),
                carrier("x.pptx", "slide 2 1"),
                carrier("x.vsdx", "text 1"),
                carrier("x.doc", "text 1"),
                carrier("x.xls", "sheet 2 1", "sheet 2 2"),
                carrier("x.ppt", "slide 2 1"),
                carrier("x.msg", "text 1", "notes.txt 2"),
                carrier("x.one", "text 1"),
                carrier("x.rtf", "text 1"),
                carrier("x.odt", "text 1", "metadata 2"),
                carrier("x.ods", "text 1", "metadata 2"),
                carrier("x.odp", "text 1", "metadata 2"),
                carrier("x.vsd", "text 1"),
                carrier("winmail.dat", "message.rtf!text 1", "notes.txt 2"),
                carrier("x.chm", "text body"),
                carrier("x.pst", "message 3!text quoted4", "message 4!text quoted6"),
                carrier("x.eml", " 1", "text 2 2", "text 3 3", "a.pdf!page 1 9"));
    }

    @TempDir Path folder = Path.of("");

    @ParameterizedTest
    @MethodSource("carriers")
    void showsEachTokenOnce(Carrier carrier) throws IOException {
        Files.write(folder.resolve(carrier.name()), carrier.bytes());
        ScanReport report = Scans.scan(folder);
        assertThat(Scans.places(report))
                .containsExactlyInAnyOrderElementsOf(expected(carrier.name(), carrier));
        assertThat(Scans.incidents(report)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void showsThemByContentAloneInAPipedArchive(Carrier carrier) {
        byte[] zip = Samples.zip(Map.of("some.bin", carrier.bytes()), "", Map.of());
        ScanReport report = Scans.scan(zip);
        assertThat(Scans.places(report))
                .containsExactlyInAnyOrderElementsOf(expected("<stdin>!some.bin", carrier));
        assertThat(Scans.incidents(report)).isEmpty();
    }

    private static List<String> expected(String outer, Carrier carrier) {
        return carrier.places().stream()
                .map(place -> place.startsWith(" ") ? outer + place : outer + "!" + place)
                .toList();
    }

    /// Servers and mail programs add to PDF documents; some of what they add is text with tokens.
    @Test
    void readsAPdfWithMuchBehindItsEndAsAWhole() throws IOException {
        byte[] pdf = Samples.pdf();
        byte[] more =
                (" ".repeat(20_000) + "t=" + Samples.token(8)).getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(pdf, pdf.length + more.length);
        System.arraycopy(more, 0, both, pdf.length, more.length);
        Files.write(folder.resolve("x.pdf"), both);
        ScanReport report = Scans.scan(folder);
        assertThat(Scans.incidents(report)).isEmpty();
        assertThat(Scans.places(report)).contains("x.pdf!page 1 1", "x.pdf 8");
    }

    @Test
    void namesEveryContainerOnTheWay() throws IOException {
        byte[] inner =
                Samples.pdf(
                        7,
                        "deep.zip",
                        Samples.zip(Map.of("in/x.docx", Samples.docx()), "", Map.of()));
        String mail = Samples.mail("attachment.pdf", inner);
        Files.write(folder.resolve("mail.mbox"), Samples.mbox("Subject: none\n\nHello\n", mail));
        assertThat(Scans.places(Scans.scan(folder)))
                .contains(
                        "mail.mbox!message 2!attachment.pdf!page 1 7",
                        "mail.mbox!message 2!attachment.pdf!deep.zip!in/x.docx!text 4",
                        "mail.mbox!message 2!text 2 2");
        Files.writeString(
                folder.resolve("plain.mbox"),
                new String(
                        Samples.mbox("Subject: none\n\nt=" + Samples.token(8) + "\n"),
                        StandardCharsets.UTF_8));
        assertThat(Scans.places(Scans.scan(folder.resolve("plain.mbox"))))
                .containsExactly("plain.mbox!message 1 8");
    }
}
