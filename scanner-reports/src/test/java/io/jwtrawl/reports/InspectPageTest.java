package io.jwtrawl.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.Engine;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.TokenFamily;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// docs/inspect.md shows what `inspect` prints of ten families, made from the examples of their rules;
/// `-Djwtrawl.golden=update` makes it anew.
class InspectPageTest {

    private static final Path PAGE = Path.of("../docs/inspect.md");
    private static final String BEGIN = "<!-- made by InspectPageTest -->\n";
    private static final RuleSet RULES = RuleSet.builtInWithExamples();
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    /// @param life from its issue, 20 days ago, to its expiry; none if it never expires
    private record Shown(String family, Optional<Duration> life) {}

    private static final List<Shown> FAMILIES =
            List.of(
                    new Shown("supabase-service-role", Optional.of(Duration.ofDays(3650))),
                    new Shown("kubernetes-service-account-legacy", Optional.empty()),
                    new Shown("keycloak-refresh-token", Optional.of(Duration.ofDays(60))),
                    new Shown("auth0-machine-access-token", Optional.of(Duration.ofDays(21))),
                    new Shown("entra-id-app-token", Optional.of(Duration.ofHours(1))),
                    new Shown("github-actions-oidc", Optional.of(Duration.ofMinutes(5))),
                    new Shown("gitlab-ci-id-token", Optional.of(Duration.ofDays(19))),
                    new Shown(
                            "firebase-id-token", Optional.of(Duration.ofDays(20).plusMinutes(30))),
                    new Shown("hasura-token", Optional.of(Duration.ofDays(30))),
                    new Shown("supabase-anon", Optional.of(Duration.ofDays(3650))));

    @Test
    void showsWhatInspectPrints() throws IOException, InterruptedException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        StringBuilder made = new StringBuilder();
        for (Shown shown : FAMILIES) {
            made.append("\n## ").append(shown.family()).append("\n\n```\n");
            made.append(explanation(shown));
            made.append("```\n");
        }
        if ("update".equals(System.getProperty("jwtrawl.golden"))) {
            Files.writeString(PAGE, page.substring(0, begin) + made);
        }
        assertThat(Files.readString(PAGE).substring(begin)).isEqualTo(made.toString());
    }

    private static String explanation(Shown shown) throws InterruptedException {
        TokenFamily family =
                RULES.providers().stream()
                        .flatMap(provider -> provider.families().stream())
                        .filter(candidate -> candidate.id().equals(shown.family()))
                        .findFirst()
                        .orElseThrow();
        TokenFamily.ClaimExample example = family.examples().getFirst();
        ObjectNode header =
                example.header().orElseGet(JsonNodeFactory.instance::objectNode).deepCopy();
        header.put("alg", "HS256");
        ObjectNode claims = example.claims().deepCopy();
        Instant issued = NOW.minus(Duration.ofDays(20));
        shown.life()
                .ifPresent(life -> {
                    claims.put("iat", issued.getEpochSecond());
                    claims.put("exp", issued.plus(life).getEpochSecond());
                });
        String token = Tokens.signed(header.toString(), claims.toString());
        ScanReport report =
                new Engine(
                                RULES,
                                RULES.policy("default"),
                                Limits.DEFAULT,
                                1,
                                List.of(sink ->
                                        sink.accept(
                                                new Blob(
                                                        new Provenance.StandardInput(),
                                                        new Content.InMemory(
                                                                token.getBytes(
                                                                        StandardCharsets
                                                                                .US_ASCII))))),
                                List.of((sightings, _) ->
                                        sightings.stream()
                                                .map(sighting ->
                                                        sighting.at(
                                                                sighting.provenance(),
                                                                Optional.of(
                                                                        NOW.minus(
                                                                                Duration.ofDays(
                                                                                        12)))))
                                                .toList()))
                        .scan(NOW);
        Finding finding = report.findings().getFirst();
        assertThat(finding.classification().family()).isEqualTo(shown.family());
        String text = TokenExplanation.of(finding, RULES, NOW, false);
        assertThat(text).doesNotContain(token.substring(token.lastIndexOf('.')));
        return text.replaceAll("(?m) +$", "");
    }
}
