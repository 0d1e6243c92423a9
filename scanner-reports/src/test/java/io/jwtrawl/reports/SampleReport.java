package io.jwtrawl.reports;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.Engine;
import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.FindingSink;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Authorship;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.ByteRange;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A report with a bit of everything, the same every time.
final class SampleReport {

    static final Path ROOT = Path.of("/target");
    static final RuleSet RULES = RuleSet.builtIn();
    static final String ADMIN =
            Tokens.signed(
                    "{\"iss\":\"https://issuer.example\",\"sub\":\"ada\",\"email\":\"ada@example.org\","
                            + "\"scope\":\"admin\",\"iat\":1780000000,\"exp\":1780358400}");
    static final String HOSTILE =
            Tokens.signed(
                    "{\"iss\":\"evil\\u001b[2J\\n\\u202eissuer\",\"nested\":\""
                            + Tokens.any(77)
                            + "\",\"many\":["
                            + "1,".repeat(200)
                            + "1],\"contact\":\"eve@example.org\"}");

    /// A vendor's own kind of token, of which only some members are no secret.
    static final String WRAPPED =
            "sntrys_"
                    + Base64.getEncoder()
                            .encodeToString(
                                    ("{\"iat\":1700000000.1,\"url\":\"https://sentry.io\",\"org\":\"acme\","
                                                    + "\"iss\":\"a-secret-issuer\",\"scope\":\"a-secret-scope\"}")
                                            .getBytes(StandardCharsets.UTF_8))
                    + "_zsLMkykck5L1/ILZz2kz9Npb6/HnOnmXnNacvERnmp0";

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Authorship ADA =
            new Authorship(
                    "1111111111111111111111111111111111111111",
                    "Ada Author",
                    "ada@example.org",
                    Optional.of(Instant.parse("2026-05-01T12:00:00Z")));

    private SampleReport() {}

    /// A report of one text from standard input.
    static ScanReport of(String text) {
        return scan(List.of(sink -> accept(sink, new Provenance.StandardInput(), text)), List.of());
    }

    /// A report of what is crawled, judged by the usual policy at a fixed instant.
    static ScanReport scan(List<Crawler> crawlers, List<Attribution> attributions) {
        try {
            return new Engine(
                            RULES,
                            RULES.policy("default"),
                            Limits.DEFAULT,
                            1,
                            crawlers,
                            attributions)
                    .scan(NOW);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What a sink writes of a report.
    static String written(ScanReport report, Function<OutputStream, FindingSink> sink) {
        var out = new ByteArrayOutputStream();
        try {
            sink.apply(out).write(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    static ScanReport make() {
        Path repository = ROOT.resolve("sub/repo");
        Crawler crawler =
                sink -> {
                    accept(
                            sink,
                            new Provenance.LocalFile(ROOT, ROOT.resolve("a dir/app.env")),
                            "TOKEN=" + ADMIN + "\n");
                    accept(
                            sink,
                            new Provenance.LocalFile(ROOT, ROOT.resolve("x.txt")),
                            "é " + HOSTILE);
                    accept(
                            sink,
                            new Provenance.StandardInput(),
                            Tokens.unsecured("{\"sub\":\"nobody\"}"));
                    accept(
                            sink,
                            new Provenance.CommittedFile(
                                    repository,
                                    "2222222222222222222222222222222222222222",
                                    "src/old.ts",
                                    new Provenance.History(
                                            ADA,
                                            Optional.of("3333333333333333333333333333333333333333"),
                                            false)),
                            "\n\n  " + Tokens.signed("{\"sub\":\"old\",\"exp\":1600000000}"));
                    accept(
                            sink,
                            new Provenance.CommittedFile(
                                    ROOT,
                                    "4444444444444444444444444444444444444444",
                                    "a dir/app.env",
                                    new Provenance.History(
                                            ADA,
                                            Optional.empty(),
                                            true,
                                            List.of("main", "origin/main"),
                                            Optional.of(
                                                    URI.create(
                                                            "https://github.com/o/r/blob/x/a%20dir/app.env#L1")))),
                            "TOKEN=" + ADMIN);
                    accept(
                            sink,
                            new Provenance.GitMessage(
                                    repository, ADA.commit(), GitObjectType.COMMIT, ADA, true),
                            "tree\n\n" + Tokens.encrypted(5));
                    accept(
                            sink,
                            new Provenance.StagedFile(
                                    repository,
                                    "5555555555555555555555555555555555555555",
                                    "new.txt"),
                            Tokens.signed(
                                    "{\"iss\":\"supabase\",\"ref\":\"x\",\"role\":\"anon\",\"exp\":1999999999}"));
                    accept(
                            sink,
                            new Provenance.Decoded(
                                    new Provenance.Member(
                                            new Provenance.LocalFile(
                                                    ROOT, ROOT.resolve("image.tar")),
                                            "layer.tar"),
                                    "base64",
                                    new ByteRange(10, 20)),
                            Tokens.any(9));
                };
        Attribution incidents =
                (sightings, out) -> {
                    out.accept(
                            new Incident.Unreadable(
                                    new Provenance.LocalFile(ROOT, ROOT.resolve("closed")),
                                    "permission denied"));
                    return sightings;
                };
        ScanReport report = scan(List.of(crawler), List.of(incidents));
        return new ScanReport(
                report.findings(),
                report.incidents(),
                new ScanReport.Statistics(
                        8, 1234, Duration.ofMillis(3), Duration.ofMillis(1), Duration.ofMillis(5)),
                report.at(),
                report.ending());
    }

    private static void accept(io.jwtrawl.source.BlobSink sink, Provenance provenance, String text)
            throws InterruptedException {
        sink.accept(
                new Blob(provenance, new Content.InMemory(text.getBytes(StandardCharsets.UTF_8))));
    }
}
