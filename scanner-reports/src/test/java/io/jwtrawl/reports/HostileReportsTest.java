package io.jwtrawl.reports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.finding.Suppressed;
import io.jwtrawl.rules.Level;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.Tokens;
import io.jwtrawl.testkit.Tries;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whatever tokens, names of files and comments say, every report is valid and means nothing else than it should.
class HostileReportsTest {

    private static final List<String> NASTY =
            List.of(
                    "=cmd|'/C calc'!A0",
                    "+1+1",
                    "-2+3",
                    "@SUM(A1)",
                    "\t=1",
                    "  =1",
                    "a\"b\"\"c",
                    "a,b;c",
                    "line\r\nbreak",
                    "\u001b[2J\u009b31m",
                    "\u202etxt.exe",
                    "]]>",
                    "</testcase><testcase name='x'>",
                    "&amp;&#0;",
                    "\u0000\u0001",
                    "\ufffe\uffff",
                    "\ud83d\ude00",
                    "\ud83d",
                    "| a | b |\n|---|",
                    "[x](https://evil.example)",
                    "<img src=https://evil.example/p.png>",
                    "@everyone",
                    "`code` **bold** #1",
                    "::set-output name=x::y",
                    "%SRCROOT%/../..",
                    "../../etc/passwd",
                    "jane.doe@example.com",
                    "x".repeat(40_000),
                    "");

    @Test
    void everyReportIsValidWhateverIsInIt() {
        Tries.run(
                60,
                random -> {
                    ScanReport report = report(random);
                    SarifChecks.assertValid(
                            SampleReport.written(
                                    report,
                                    out ->
                                            new SarifSink(
                                                    out,
                                                    SampleReport.RULES,
                                                    SarifOptions.of(
                                                            "1.2.3",
                                                            Optional.of(SampleReport.ROOT)),
                                                    List.of(),
                                                    Optional.empty())));
                    GitLabChecks.assertValid(gitLab(report));
                    assertCsv(report, csv(report));
                    assertXml(report, junit(report));
                    assertMarkdown(report, markdown(report));
                });
    }

    private static void assertCsv(ScanReport report, String csv) {
        List<List<String>> rows = CsvReader.rows(csv);
        assertThat(rows).hasSize(1 + report.findings().size() + report.incidents().size());
        for (List<String> row : rows) {
            assertThat(row).hasSameSizeAs(rows.getFirst());
            assertThat(row)
                    .allSatisfy(cell ->
                            assertThat(cell.stripLeading()).doesNotMatch("(?s)[=+\\-@|%\t\r].*"));
        }
        assertNothingInvisible(csv.replace("\r\n", ""));
    }

    private static void assertXml(ScanReport report, String xml) {
        try {
            Element suite =
                    (Element)
                            DocumentBuilderFactory.newDefaultInstance()
                                    .newDocumentBuilder()
                                    .parse(new ByteArrayInputStream(xml.getBytes(UTF_8)))
                                    .getElementsByTagName("testsuite")
                                    .item(0);
            for (String kind : List.of("failure", "error", "skipped")) {
                String counted = kind.equals("skipped") ? kind : kind + "s";
                assertThat(suite.getElementsByTagName(kind).getLength())
                        .as(kind)
                        .isEqualTo(Integer.parseInt(suite.getAttribute(counted)));
            }
            assertThat(suite.getElementsByTagName("testcase").getLength())
                    .isEqualTo(Integer.parseInt(suite.getAttribute("tests")))
                    .isEqualTo(
                            Math.max(
                                    1,
                                    TokenInFile.of(report, true).size()
                                            + report.incidents().size()));
        } catch (Exception e) {
            throw new AssertionError("not XML: " + xml, e);
        }
        assertNothingInvisible(xml.replace("\n", ""));
    }

    private static void assertMarkdown(ScanReport report, String markdown) {
        assertThat(markdown.length()).isLessThan(1 << 20);
        List<String> rows = markdown.lines().filter(line -> line.startsWith("| ")).toList();
        assertThat(rows)
                .hasSize(
                        report.findings().isEmpty() ? 0 : 1 + TokenInFile.of(report, false).size());
        for (String row : rows.subList(Math.min(1, rows.size()), rows.size())) {
            assertThat(row.chars().filter(c -> c == '|').count()).isEqualTo(6);
            assertThat(row).doesNotContainPattern("[\\[\\]<>`*_@:\"'\\\\!]");
        }
        assertNothingInvisible(markdown.replace("\n", ""));
    }

    private static void assertNothingInvisible(String text) {
        assertThat(text.codePoints())
                .noneMatch(
                        c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
    }

    @Test
    void theGuardAgainstFormulasIsSeenInTheCells() {
        ScanReport report =
                reportOf(
                        new Provenance.LocalFile(
                                SampleReport.ROOT, SampleReport.ROOT.resolve("=1+1.txt")),
                        Tokens.signed("{\"iss\":\"=HYPERLINK(1)\"}"));
        assertThat(csv(report)).contains("\"'=1+1.txt\"").contains("\"'=HYPERLINK(1)\"");
    }

    private static ScanReport report(Random random) {
        List<Blob> blobs = new ArrayList<>();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            String name = nasty(random).replaceAll("[/\\x00]", "_");
            Path file = SampleReport.ROOT.resolve(i + (name.length() > 200 ? "long" : safe(name)));
            Provenance place =
                    random.nextBoolean()
                            ? new Provenance.LocalFile(SampleReport.ROOT, file)
                            : new Provenance.Member(
                                    new Provenance.LocalFile(SampleReport.ROOT, file),
                                    nasty(random));
            blobs.add(blob(place, token(random) + " " + token(random)));
        }
        List<Incident> incidents = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            incidents.add(
                    new Incident.Unreadable(
                            new Provenance.LocalFile(
                                    SampleReport.ROOT, SampleReport.ROOT.resolve("closed" + i)),
                            "permission denied"));
        }
        ScanReport report = scan(blobs, incidents);
        if (report.findings().size() < 2 || random.nextBoolean()) {
            return report;
        }
        return report.withSuppressed(
                report.findings().subList(1, report.findings().size()),
                List.of(
                        new Suppressed(
                                report.findings().getFirst(),
                                Suppressed.By.COMMENT,
                                nasty(random))));
    }

    /// In the C locale Java refuses other names.
    private static String safe(String name) {
        return name.replaceAll("[^\\x00-\\x7f]", "_");
    }

    private static String token(Random random) {
        JsonMapper json = JsonMapper.builder().build();
        return Tokens.signed(
                json.createObjectNode()
                        .put("iss", nasty(random))
                        .put("aud", nasty(random))
                        .put("scope", nasty(random))
                        .put("sub", nasty(random))
                        .put("exp", random.nextBoolean() ? 1_999_999_999L : 1_600_000_000L)
                        .toString());
    }

    private static String nasty(Random random) {
        return NASTY.get(random.nextInt(NASTY.size()))
                + (random.nextBoolean() ? NASTY.get(random.nextInt(NASTY.size() - 2)) : "");
    }

    private static Blob blob(Provenance place, String text) {
        return new Blob(place, new Content.InMemory(text.getBytes(UTF_8)));
    }

    private static ScanReport reportOf(Provenance place, String text) {
        return scan(List.of(blob(place, text)), List.of());
    }

    private static ScanReport scan(List<Blob> blobs, List<Incident> incidents) {
        Attribution telling =
                (sightings, out) -> {
                    incidents.forEach(out);
                    return sightings;
                };
        return SampleReport.scan(
                List.of(sink -> {
                    for (Blob blob : blobs) {
                        sink.accept(blob);
                    }
                }),
                List.of(telling));
    }

    static String csv(ScanReport report) {
        return SampleReport.written(report, out -> new CsvSink(out, SampleReport.RULES));
    }

    static String gitLab(ScanReport report) {
        return SampleReport.written(
                report, out -> new GitLabSink(out, SampleReport.RULES, "1.2.3"));
    }

    static String junit(ScanReport report) {
        return SampleReport.written(
                report, out -> new JUnitSink(out, SampleReport.RULES, Optional.of(Level.MEDIUM)));
    }

    static String markdown(ScanReport report) {
        return SampleReport.written(report, out -> new MarkdownSink(out, SampleReport.RULES));
    }

    /// What RFC 4180 makes of a file, written down without a look at how it is made.
    private static final class CsvReader {

        private CsvReader() {}

        static List<List<String>> rows(String csv) {
            List<List<String>> rows = new ArrayList<>();
            List<String> row = new ArrayList<>();
            var cell = new StringBuilder();
            boolean quoted = false;
            for (int i = 0; i < csv.length(); i++) {
                char c = csv.charAt(i);
                if (quoted) {
                    if (c != '"') {
                        cell.append(c);
                    } else if (i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                        cell.append('"');
                        i++;
                    } else {
                        quoted = false;
                    }
                } else if (c == '"') {
                    quoted = true;
                } else if (c == ',' || c == '\n') {
                    row.add(cell.toString());
                    cell.setLength(0);
                    if (c == '\n') {
                        rows.add(row);
                        row = new ArrayList<>();
                    }
                } else {
                    assertThat(c).as("outside of quotes").isEqualTo('\r');
                }
            }
            assertThat(row).isEmpty();
            return rows;
        }
    }

    @Test
    void noneHoldsAWholeTokenOrTheAddressOfAPerson() {
        ScanReport report = SampleReport.make();
        for (String text : List.of(csv(report), gitLab(report), junit(report), markdown(report))) {
            for (String token : List.of(SampleReport.ADMIN, SampleReport.HOSTILE, Tokens.any(9))) {
                assertThat(text)
                        .doesNotContain(token.split("\\.")[1])
                        .doesNotContain(token.split("\\.")[2]);
            }
            assertThat(text).doesNotContain("eve@example").doesNotContain("ada@example");
        }
    }

    @Test
    void theGoldenReportsOfOtherProgramsAreAsTheyWere() {
        ScanReport report = SampleReport.make();
        Golden.check("report.csv", csv(report));
        Golden.check("report.junit.xml", junit(report));
        Golden.check("report.md", markdown(report));
        JsonNode json = JsonMapper.builder().build().readTree(gitLab(report));
        Golden.check("report.gitlab.json", json.toPrettyString() + "\n");
    }
}
