package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.cli.Launcher.Result;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an incident responder reads in a report, by the launcher that was built.
@Timeout(300)
class ResponderIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final long DAY = Duration.ofDays(1).toSeconds();

    /// The taxonomies that reasons refer to, as SARIF names them, and what their entries begin with in JSON.
    private static final List<String> TAXONOMIES =
            List.of("CWE", "OWASP-NHI", "NIST-CSF", "NIST-SP-800-207");

    @TempDir Path folder = Path.of("");

    /// Valid for 100 days, of which it lay open for the last 90, and expired since.
    private static String expired() {
        long expiry = NOW.getEpochSecond() - 300 * DAY;
        return Tokens.signed(
                "{\"sub\":\"u\",\"iat\":%d,\"exp\":%d}".formatted(expiry - 100 * DAY, expiry));
    }

    private static Instant exposed() {
        return NOW.minusSeconds(390 * DAY);
    }

    @Test
    void exposureBeginsWithTheCommit() throws IOException {
        GitRepo repo = GitRepo.init(folder.resolve("repo"));
        repo.write("a.txt", expired());
        String date = exposed().toString();
        repo.shell(
                "git add -A && GIT_AUTHOR_DATE=%1$s GIT_COMMITTER_DATE=%1$s git commit -qm a"
                        .formatted(date));
        repo.shell("git mv a.txt b.txt && git commit -qm b");
        List<JsonNode> findings = findings("git", repo.folder().toString());
        assertThat(findings).hasSize(2);
        // The place that it was moved to is younger, the exposure is not.
        assertThat(findings).allSatisfy(ResponderIT::isExposedFor90Days);
    }

    @Test
    void exposureBeginsWithTheLastChangeOfAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), expired());
        Files.setLastModifiedTime(file, FileTime.from(exposed()));
        Path copy = Files.writeString(folder.resolve("b.txt"), expired());
        Files.setLastModifiedTime(copy, FileTime.from(NOW));
        List<JsonNode> findings = findings("scan", folder.toString());
        assertThat(findings).hasSize(2).allSatisfy(ResponderIT::isExposedFor90Days);
    }

    private static void isExposedFor90Days(JsonNode finding) {
        assertThat(finding.at("/exposure/firstSeen").asString()).isEqualTo(exposed().toString());
        assertThat(finding.at("/exposure/exposedWhileValid").asLong()).isEqualTo(90 * DAY);
        assertThat(finding.at("/rating/reasons").toString()).contains("\"exposed-before\"");
    }

    @Test
    void sprawlCountsKinOverRepositories() throws IOException {
        String header = "{\"alg\":\"HS256\",\"kid\":\"%s\"}";
        String claims = "{\"iss\":\"https://issuer.example\",\"sub\":\"%s\",\"jti\":\"%s\"}";
        String first = Tokens.signed(header.formatted("k1"), claims.formatted("s1", "j1"));
        String sameSubject = Tokens.signed(header.formatted("k2"), claims.formatted("s1", "j2"));
        String sameId = Tokens.signed(header.formatted("k2"), claims.formatted("s2", "j1"));
        String sameKey = Tokens.signed(header.formatted("k1"), claims.formatted("s3", "j3"));
        String stranger =
                Tokens.signed(
                        header.formatted("k1"),
                        claims.formatted("s1", "j1").replace("issuer.", "other."));
        for (List<String> content :
                List.of(
                        List.of("one", first + "\n" + sameSubject + "\n" + stranger),
                        List.of("two", first + "\n" + sameId),
                        List.of("three", sameKey))) {
            GitRepo.init(folder.resolve(content.getFirst())).commit("a.txt", content.getLast());
        }
        List<JsonNode> ofFirst =
                findings("scan", "one", "two", "three").stream()
                        .filter(finding ->
                                finding.at("/sprawl/places").asInt() == 4
                                        && finding.at("/place/path").asString().equals("a.txt"))
                        .toList();
        // Each repository is searched twice: its files and its history.
        assertThat(ofFirst)
                .isNotEmpty()
                .allSatisfy(finding -> {
                    JsonNode sprawl = finding.path("sprawl");
                    assertThat(sprawl.path("repositories").asInt()).isEqualTo(2);
                    assertThat(sprawl.at("/issuer/tokens").asInt()).isEqualTo(4);
                    assertThat(sprawl.at("/issuer/repositories").asInt()).isEqualTo(3);
                    assertThat(sprawl.at("/subject/tokens").asInt()).isEqualTo(2);
                    assertThat(sprawl.at("/subject/repositories").asInt()).isEqualTo(2);
                    assertThat(sprawl.at("/jwtId/tokens").asInt()).isEqualTo(2);
                    assertThat(sprawl.at("/jwtId/repositories").asInt()).isEqualTo(2);
                    assertThat(sprawl.at("/key/tokens").asInt()).isEqualTo(2);
                    assertThat(sprawl.at("/key/repositories").asInt()).isEqualTo(3);
                });
    }

    /// What somebody may have put into a token to harm whoever looks at it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1,2,3]",
                "\"text\"",
                "{\"sub\":",
                "{\"sub\":\"\\u001b[2J\\u001b]0;owned\\u0007\",\"iss\":\"https://x.example/\\u001b[31m\\u202e\"}",
                "{\"sub\":\"\u001b[2J\"}",
                "{\"sub\":\"a\",\"sub\":\"b\",\"exp\":1,\"exp\":9999999999,\"scope\":\"admin\",\"scope\":\"none\"}",
                "{\"exp\":\"soon\",\"iat\":[1],\"nbf\":{},\"aud\":{\"a\":1},\"iss\":7,\"scope\":{\"x\":[[]]},\"jti\":null}",
                "{\"exp\":1e999999999,\"iat\":-1e400}",
                "{\"sub\":\"\\u0000\\uffff\",\"\\u001b[1m\":\"\\u001b[1m\"}",
                "DEEP",
                "LONG",
            })
    void hostileClaimsAreRatedAndNeverReachTheTerminal(String claims) throws IOException {
        String json =
                claims.replace(
                                "DEEP",
                                "{\"sub\":\"u\",\"a\":" + "[".repeat(3000) + "]".repeat(3000) + "}")
                        .replace(
                                "LONG",
                                "{\"exp\":"
                                        + "9".repeat(5000)
                                        + ",\"a\":\""
                                        + "x".repeat(90_000)
                                        + "\"}");
        String token = Tokens.signed("{\"alg\":\"HS256\",\"typ\":\"\\u001b[1mJWT\"}", json);
        Files.writeString(folder.resolve("a.txt"), token, StandardCharsets.UTF_8);
        for (String format : List.of("terminal", "jsonl", "sarif")) {
            Result result = scan("scan", "a.txt", "--format", format, "--fail-on", "never");
            assertThat(result.exitCode()).as(format + result.err()).isZero();
            isPrintable(result.out() + result.err());
            if (format.equals("jsonl")) {
                assertThat(result.out().lines()).hasSize(1);
                assertThat(result.out()).contains("\"level\":\"");
            }
        }
        Result inspected = scan("inspect", token);
        assertThat(inspected.err()).doesNotContain("Exception");
        isPrintable(inspected.out() + inspected.err());
        assertThat(inspected.out()).doesNotContain(token);
    }

    private static void isPrintable(String text) {
        assertThat(text.chars().filter(c -> c != '\n' && (c < ' ' || c == 0x7f || c == 0x202e)))
                .as(text)
                .isEmpty();
    }

    @Test
    void reasonsReferToAllFourTaxonomies() throws IOException {
        Files.writeString(
                folder.resolve("app.log"),
                Tokens.signed(
                        "{\"iss\":\"https://x.example\",\"scope\":\"admin\",\"gty\":\"client-credentials\"}"));
        Set<String> prefixes = new HashSet<>();
        for (JsonNode finding : findings("scan", "app.log")) {
            finding.at("/rating/standards")
                    .forEach(standard -> prefixes.add(prefix(standard.asString())));
        }
        assertThat(prefixes).containsExactlyInAnyOrderElementsOf(TAXONOMIES);

        Result sarif = scan("scan", "app.log", "--format", "sarif", "--fail-on", "never");
        JsonNode run = JSON.readTree(sarif.out()).at("/runs/0");
        List<String> names = new ArrayList<>();
        run.path("taxonomies")
                .forEach(each -> {
                    names.add(each.path("name").asString());
                    assertThat(each.path("taxa").size())
                            .as(each.path("name").asString())
                            .isPositive();
                });
        assertThat(names).containsExactlyInAnyOrderElementsOf(TAXONOMIES);
        Set<String> referred = new HashSet<>();
        for (JsonNode result : run.path("results")) {
            for (JsonNode taxon : result.path("taxa")) {
                referred.add(taxon.at("/toolComponent/name").asString());
            }
        }
        assertThat(referred).containsExactlyInAnyOrderElementsOf(TAXONOMIES);
    }

    /// The taxonomy that an entry is of.
    private static String prefix(String standard) {
        return TAXONOMIES.stream().filter(standard::startsWith).findFirst().orElse(standard);
    }

    private List<JsonNode> findings(String... command) {
        Result result = scan(add(command, "--format", "jsonl", "--fail-on", "never"));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out().lines().map(JSON::readTree).toList();
    }

    private Result scan(String... command) {
        return Launcher.run(folder, add(command, "--at", NOW.toString()));
    }

    private static String[] add(String[] command, String... more) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
