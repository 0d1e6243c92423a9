package io.jwtrawl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.Sprawl;
import io.jwtrawl.finding.Sprawl.Kin;
import io.jwtrawl.rules.NeighbourCatalogue;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.StorageContext;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.Tokens;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a whole scan knows of a token beyond the token: what it lies in, since when, and what else is like it.
class SurroundingsTest {

    private static final RuleSet RULES = RuleSet.builtIn();
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Path ROOT = Path.of("/target");

    @Test
    void theBytesBeforeATokenTellWhatItsPathDoesNot() throws InterruptedException {
        String url = "see https://api.example/x?token=" + Tokens.any(1);
        assertThat(context("notes", url)).isEqualTo(StorageContext.HTTP_URL);
        assertThat(context("src/app.js", url)).isEqualTo(StorageContext.HTTP_URL);
        assertThat(context("docs/guide.md", url)).isEqualTo(StorageContext.DOCS);
        assertThat(context("src/test/A.java", url)).isEqualTo(StorageContext.TEST);
        assertThat(context("notes", "see " + Tokens.any(1))).isEqualTo(StorageContext.UNKNOWN);
    }

    /// However far into a stream, so wherever the detector's window ended.
    @Test
    void theyTellTheSameWhereverTheWindowCuts() throws InterruptedException {
        for (int before : new int[] {0, 1, 65_000, 65_300, 65_500, 65_536, 131_000, 400_123}) {
            String text =
                    "x".repeat(before) + "\n##[group]Run\n" + "y ".repeat(400) + Tokens.any(1);
            Finding finding =
                    scan(
                                    List.of(
                                            new Blob(
                                                    file("output"),
                                                    new Content.Streamed(() ->
                                                            new ByteArrayInputStream(
                                                                    bytes(text))))),
                                    List.of())
                            .getFirst();
            assertThat(finding.classification().context())
                    .as("%d bytes before", before)
                    .isEqualTo(StorageContext.CI_LOG);
        }
        assertThat(NeighbourCatalogue.LOOKED_AT).isLessThanOrEqualTo(8 * 1024);
    }

    @Test
    void aFileInALayerIsPartOfAnImage() throws InterruptedException {
        var layer = new Provenance.Member(file("image.tar"), "0123/layer.tar");
        assertThat(context(new Provenance.Member(layer, "app/config.yaml")))
                .isEqualTo(StorageContext.IMAGE_LAYER);
        assertThat(context(new Provenance.Member(layer, "var/log/app.log")))
                .isEqualTo(StorageContext.APP_LOG);
        assertThat(context(new Provenance.Member(file("a.zip"), "app/config.yaml")))
                .isEqualTo(StorageContext.CONFIG);
    }

    @Test
    void aTokenIsExposedSinceItWasFirstSeenAnywhere() throws InterruptedException {
        String token =
                Tokens.signed(
                        "{\"sub\":\"a\",\"exp\":"
                                + NOW.minus(Duration.ofDays(5)).getEpochSecond()
                                + "}");
        Attribution ages =
                (sightings, _) ->
                        sightings.stream()
                                .map(sighting ->
                                        sighting.at(
                                                sighting.provenance(),
                                                Optional.of(
                                                        NOW.minus(
                                                                Duration.ofDays(
                                                                        sighting.provenance()
                                                                                        .display()
                                                                                        .endsWith(
                                                                                                "old")
                                                                                ? 305
                                                                                : 2)))))
                                .toList();
        List<Finding> findings =
                scan(List.of(blob("old", token), blob("new", token)), List.of(ages));
        assertThat(findings)
                .hasSize(2)
                .allSatisfy(finding -> {
                    var exposure = finding.classification().exposure();
                    assertThat(exposure.firstSeen()).contains(NOW.minus(Duration.ofDays(305)));
                    assertThat(exposure.exposedWhileValid()).contains(Duration.ofDays(300));
                });
    }

    @Test
    void countsWhatTokensHaveInCommon() throws InterruptedException {
        String one = token("i", "ada", "j1", "k1");
        List<Finding> findings =
                scan(
                        List.of(
                                blob("a", one),
                                blob("b", one + "\n" + token("i", "ada", "j2", "k1")),
                                blob("c", token("i", "bob", "j1", "k2")),
                                blob("d", token("other", "ada", "j1", "k1")),
                                blob("e", Tokens.signed("{\"exp\":1}"))),
                        List.of());
        Sprawl sprawl = sprawlOf(findings, "a");
        assertThat(sprawl.places()).isEqualTo(2);
        assertThat(sprawl.issuer()).contains(new Kin(3, 3, 0));
        assertThat(sprawl.subject()).contains(new Kin(2, 2, 0));
        assertThat(sprawl.jwtId()).contains(new Kin(2, 3, 0));
        assertThat(sprawl.key()).contains(new Kin(2, 2, 0));
        assertThat(sprawlOf(findings, "d").issuer()).contains(new Kin(1, 1, 0));
        assertThat(sprawlOf(findings, "e"))
                .isEqualTo(
                        new Sprawl(
                                1,
                                0,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
    }

    private static Sprawl sprawlOf(List<Finding> findings, String path) {
        return findings.stream()
                .filter(finding -> finding.place().path().equals(path))
                .findFirst()
                .orElseThrow()
                .sprawl();
    }

    private static String token(String issuer, String subject, String id, String key) {
        return Tokens.signed(
                "{\"alg\":\"HS256\",\"kid\":\"" + key + "\"}",
                "{\"iss\":\"" + issuer + "\",\"sub\":\"" + subject + "\",\"jti\":\"" + id + "\"}");
    }

    private static StorageContext context(String path, String text) throws InterruptedException {
        return scan(List.of(blob(path, text)), List.of()).getFirst().classification().context();
    }

    private static StorageContext context(Provenance provenance) throws InterruptedException {
        return scan(
                        List.of(new Blob(provenance, new Content.InMemory(bytes(Tokens.any(3))))),
                        List.of())
                .getFirst()
                .classification()
                .context();
    }

    private static List<Finding> scan(List<Blob> blobs, List<Attribution> attributions)
            throws InterruptedException {
        return new Engine(
                        RULES,
                        RULES.policy("default"),
                        Limits.DEFAULT,
                        1,
                        List.of(sink -> {
                            for (Blob blob : new ArrayList<>(blobs)) {
                                sink.accept(blob);
                            }
                        }),
                        attributions)
                .scan(NOW)
                .findings();
    }

    private static Blob blob(String path, String text) {
        return new Blob(file(path), new Content.InMemory(bytes(text)));
    }

    private static Provenance file(String path) {
        return new Provenance.LocalFile(ROOT, ROOT.resolve(path));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
