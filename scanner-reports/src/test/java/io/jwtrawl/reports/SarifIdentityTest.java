package io.jwtrawl.reports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.finding.Suppressed;
import io.jwtrawl.source.Authorship;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.Tokens;
import io.jwtrawl.testkit.Tries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What a dashboard knows a finding again by, and which findings it gets.
class SarifIdentityTest {

    private static final Path ROOT = SampleReport.ROOT;
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Authorship ADA =
            new Authorship("1".repeat(40), "Ada", "ada@example.org", Optional.of(NOW));

    @Test
    void linesThatMoveEditsElsewhereAndRenamesKeepTheFingerprints() {
        Tries.run(
                40,
                random -> {
                    Map<Path, String> files = new TreeMap<>();
                    for (int i = 0; i < 4; i++) {
                        files.put(ROOT.resolve("f" + i), "a\n" + Tokens.any(random.nextInt(6)));
                    }
                    List<String> before = fingerprints(scan(files));
                    Map<Path, String> after = new TreeMap<>();
                    files.forEach((path, text) ->
                            after.put(
                                    random.nextBoolean() ? path : path.resolve("moved"),
                                    "line\n".repeat(random.nextInt(9))
                                            + text
                                            + (random.nextBoolean() ? "\nmore" : "")));
                    assertThat(fingerprints(scan(after))).isEqualTo(before);
                });
    }

    @Test
    void anotherTokenHasOtherFingerprints() {
        assertThat(fingerprints(scan(Map.of(ROOT.resolve("a"), Tokens.any(1)))))
                .doesNotContainAnyElementsOf(
                        fingerprints(scan(Map.of(ROOT.resolve("a"), Tokens.any(2)))));
    }

    @Test
    void theOtherPlacesOfATokenAreRelatedLocations() {
        JsonNode results =
                results(
                        scan(
                                Map.of(
                                        ROOT.resolve("a"),
                                        Tokens.any(1),
                                        ROOT.resolve("b"),
                                        Tokens.any(1))));
        assertThat(results).hasSize(2);
        JsonNode first = results.get(0);
        assertThat(first.path("relatedLocations")).hasSize(1);
        assertThat(first.at("/relatedLocations/0/message/text").asString(""))
                .isEqualTo("the same token");
        assertThat(
                        first.at("/relatedLocations/0/physicalLocation/artifactLocation/uri")
                                .asString(""))
                .isEqualTo("b");
    }

    @Test
    void whatWasRenamedIsOneResultAtItsNewPlace() {
        ScanReport report =
                scan(
                        blob(
                                new Provenance.LocalFile(ROOT, ROOT.resolve("new.env")),
                                Tokens.any(1)),
                        blob(committed("old.env", false), Tokens.any(1)),
                        blob(committed("new.env", true), Tokens.any(1)));
        JsonNode results = results(report);
        assertThat(results).hasSize(1);
        assertThat(
                        results.get(0)
                                .at("/locations/0/physicalLocation/artifactLocation/uri")
                                .asString())
                .isEqualTo("new.env");
        assertThat(results.get(0).at("/properties/historic").asBoolean(true)).isFalse();
        assertThat(results.get(0).path("relatedLocations").toString())
                .contains("old.env", "in its history only");
    }

    @Test
    void whatOnlyTheHistoryHasIsPlacedAtTheFileAsItIsNow(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("kept.env"), "nothing now\n");
        Path real = folder.toRealPath();
        ScanReport report =
                scan(
                        blob(committed(real, "kept.env", false), "\n\n\n" + Tokens.any(1)),
                        blob(committed(real, "gone.env", false), "\n\n\n" + Tokens.any(2)));
        for (Optional<String> option :
                List.of(Optional.<String>empty(), Optional.of("README.md"))) {
            Map<String, Integer> lines = new TreeMap<>();
            results(report, new SarifOptions("1", "c", Optional.of(real), true, option))
                    .forEach(result -> {
                        JsonNode physical = result.at("/locations/0/physicalLocation");
                        lines.put(
                                physical.at("/artifactLocation/uri").asString(""),
                                physical.at("/region/startLine").asInt(0));
                        assertThat(result.at("/properties/historic").asBoolean(false)).isTrue();
                        assertThat(result.at("/properties/historicLine").asInt(0)).isEqualTo(4);
                        assertThat(result.at("/message/text").asString(""))
                                .contains("the history still has");
                    });
            assertThat(lines)
                    .isEqualTo(
                            option.isEmpty()
                                    ? Map.of("kept.env", 1, "gone.env", 4)
                                    : Map.of("kept.env", 1, "README.md", 1));
        }
    }

    @Test
    void whatMayStayIsSuppressedAndComesLast() {
        ScanReport report =
                scan(
                        Map.of(
                                ROOT.resolve("a"),
                                SampleReport.ADMIN,
                                ROOT.resolve("b"),
                                Tokens.any(3)));
        ScanReport allowed =
                report.withSuppressed(
                        report.findings().subList(1, 2),
                        List.of(
                                new Suppressed(
                                        report.findings().getFirst(),
                                        Suppressed.By.COMMENT,
                                        "ours " + Tokens.any(9))));
        JsonNode results = results(allowed);
        assertThat(results).hasSize(2);
        assertThat(results.get(0).path("suppressions").isArray()).isTrue();
        assertThat(results.get(0).path("suppressions")).isEmpty();
        assertThat(results.get(1).at("/suppressions/0/kind").asString("")).isEqualTo("inSource");
        assertThat(results.get(1).at("/suppressions/0/justification").asString(""))
                .startsWith("ours eyJ")
                .doesNotContain(Tokens.any(9).split("\\.")[1]);
        assertThat(
                        results(
                                allowed,
                                new SarifOptions(
                                        "1", "c", Optional.of(ROOT), false, Optional.empty())))
                .hasSize(1)
                .allSatisfy(result -> assertThat(result.has("suppressions")).isFalse());
        assertThat(results(report))
                .allSatisfy(result -> assertThat(result.has("suppressions")).isFalse());
    }

    @Test
    void theWorstAreKeptWithinTheLimit() {
        Map<Path, String> files = new TreeMap<>();
        var text = new StringBuilder();
        for (int i = 0; i < SarifSink.MAX_RESULTS + 10; i++) {
            text.append(Tokens.signed("{\"exp\":1600000000,\"n\":" + i + "}")).append('\n');
        }
        files.put(ROOT.resolve("a"), text.toString());
        files.put(ROOT.resolve("b"), SampleReport.ADMIN);
        ScanReport report = scan(files);
        String sarif = sarif(report, SarifOptions.of("1", Optional.of(ROOT)));
        JsonNode run = SarifChecks.JSON.readTree(sarif).path("runs").path(0);
        assertThat(run.path("results")).hasSize(SarifSink.MAX_RESULTS);
        assertThat(run.at("/results/0/level").asString("")).isEqualTo("error");
        assertThat(run.path("invocations").toString()).contains("11 results are left out");
    }

    @Test
    void whatIsTooLargeGoesIntoFurtherFilesEachWithItsOwnCategory() throws IOException {
        Map<Path, String> files = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            files.put(ROOT.resolve("f" + i), Tokens.any(i));
        }
        ScanReport report = scan(files);
        List<ByteArrayOutputStream> parts = new ArrayList<>(List.of(new ByteArrayOutputStream()));
        new SarifSink(
                        parts.getFirst(),
                        SampleReport.RULES,
                        SarifOptions.of("1", Optional.of(ROOT)),
                        List.of(),
                        Optional.of(number -> {
                            assertThat(number).isEqualTo(parts.size() + 1);
                            parts.add(new ByteArrayOutputStream());
                            return parts.getLast();
                        }),
                        12_000)
                .write(report);
        assertThat(parts.size()).isGreaterThan(2);
        List<String> categories = new ArrayList<>();
        List<String> fingerprints = new ArrayList<>();
        for (ByteArrayOutputStream part : parts) {
            JsonNode run = SarifChecks.assertValid(part.toString(UTF_8)).path("runs").path(0);
            categories.add(run.at("/automationDetails/id").asString(""));
            run.path("results").forEach(result -> fingerprints.add(print(result)));
            assertThat(gzipped(part.toByteArray())).isLessThan(12_000 + 65_536);
        }
        assertThat(categories).doesNotHaveDuplicates().startsWith("jwtrawl/", "jwtrawl-part-2/");
        assertThat(fingerprints).isEqualTo(inOrder(results(report)));
    }

    @Test
    void theSizeThatIsCountedIsThatOfAGzipFile() throws IOException {
        var random = new Random(3);
        var all = new ByteArrayOutputStream();
        try (var size = new GzipSize()) {
            for (int i = 0; i < 200; i++) {
                byte[] bytes = new byte[random.nextInt(5_000)];
                random.nextBytes(bytes);
                size.add(bytes);
                all.write(bytes);
                assertThat(gzipped(all.toByteArray()) - size.bytes()).isBetween(-64L, 131_072L);
            }
        }
    }

    private static long gzipped(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.size();
    }

    private static Provenance.CommittedFile committed(String path, boolean inHead) {
        return committed(ROOT, path, inHead);
    }

    private static Provenance.CommittedFile committed(
            Path repository, String path, boolean inHead) {
        return new Provenance.CommittedFile(
                repository,
                Integer.toHexString(path.hashCode()),
                path,
                new Provenance.History(ADA, Optional.empty(), inHead));
    }

    private static Blob blob(Provenance place, String text) {
        return new Blob(place, new Content.InMemory(text.getBytes(UTF_8)));
    }

    private static ScanReport scan(Map<Path, String> files) {
        return scan(
                files.entrySet().stream()
                        .map(file ->
                                blob(
                                        new Provenance.LocalFile(ROOT, file.getKey()),
                                        file.getValue()))
                        .toArray(Blob[]::new));
    }

    private static ScanReport scan(Blob... blobs) {
        return SampleReport.scan(
                List.of(sink -> {
                    for (Blob blob : blobs) {
                        sink.accept(blob);
                    }
                }),
                List.of());
    }

    private static JsonNode results(ScanReport report) {
        return results(report, SarifOptions.of("1", Optional.of(ROOT)));
    }

    private static JsonNode results(ScanReport report, SarifOptions options) {
        return SarifChecks.assertValid(sarif(report, options)).at("/runs/0/results");
    }

    private static String sarif(ScanReport report, SarifOptions options) {
        return SampleReport.written(
                report,
                out ->
                        new SarifSink(
                                out, SampleReport.RULES, options, List.of(), Optional.empty()));
    }

    private static String print(JsonNode result) {
        return result.path("partialFingerprints").toString();
    }

    private static List<String> inOrder(JsonNode results) {
        List<String> prints = new ArrayList<>();
        results.forEach(result -> prints.add(print(result)));
        return prints;
    }

    private static List<String> fingerprints(ScanReport report) {
        return inOrder(results(report)).stream().sorted().toList();
    }
}
