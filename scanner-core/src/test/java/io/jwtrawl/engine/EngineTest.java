package io.jwtrawl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.Position;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.Tokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Path ROOT = Path.of("/target");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void givesTheSameReportWhateverTheNumberOfThreads(int threads) throws InterruptedException {
        List<Finding> findings = scan(threads, sink -> tree(sink, 4, "")).findings();
        assertThat(findings)
                .hasSize(3 * 3 * 3 * 3)
                .isEqualTo(scan(1, sink -> tree(sink, 4, "")).findings());
        assertThat(findings)
                .extracting(finding -> finding.fingerprint().hex())
                .doesNotHaveDuplicates();
    }

    /// Three branches at each level, a token at each leaf.
    private static void tree(BlobSink sink, int depth, String path) throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            String below = path + "/" + i;
            if (depth == 1) {
                sink.accept(blob(below.substring(1), "x " + Tokens.any(below.hashCode())));
            } else {
                sink.fork(part -> tree(part, depth - 1, below));
            }
        }
    }

    @Test
    void aTokenTwiceInAFileIsOnePlaceAtItsFirstPosition() throws InterruptedException {
        List<Finding> findings =
                scan(
                                1,
                                sink ->
                                        sink.accept(
                                                blob(
                                                        "a",
                                                        "\n "
                                                                + Tokens.any(1)
                                                                + "\n"
                                                                + Tokens.any(1))))
                        .findings();
        assertThat(findings)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.sighting().position().line()).isEqualTo(2);
                    assertThat(finding.sighting().position().column()).isEqualTo(2);
                    assertThat(finding.sprawl().places()).isEqualTo(1);
                });
    }

    @Test
    void aTokenInTwoFormsIsTheSameInWhateverOrderTheyAreSeen() throws InterruptedException {
        String token = Tokens.any(1);
        String[] parts = token.split("\\.", -1);
        String json =
                "{\"payload\":\"%s\",\"protected\":\"%s\",\"signature\":\"%s\"}"
                        .formatted(parts[1], parts[0], parts[2]);
        for (boolean compactFirst : new boolean[] {true, false}) {
            List<Finding> findings =
                    scan(
                                    1,
                                    sink -> {
                                        if (compactFirst) {
                                            sink.accept(blob("a", token));
                                        }
                                        sink.accept(blob("b", json));
                                        if (!compactFirst) {
                                            sink.accept(blob("a", token));
                                        }
                                    })
                            .findings();
            assertThat(findings)
                    .extracting(
                            finding -> finding.place().path(),
                            finding -> finding.sighting().token().rule().id(),
                            finding -> finding.classification().family())
                    .containsExactlyInAnyOrder(
                            tuple("a", "jws", "jws"), tuple("b", "jws-json", "jws"));
        }
    }

    @Test
    void countsPlacesOfOneToken() throws InterruptedException {
        assertThat(
                        scan(
                                        2,
                                        sink -> {
                                            sink.accept(blob("a", Tokens.any(1)));
                                            sink.accept(blob("b", Tokens.any(1)));
                                            sink.accept(blob("b", Tokens.any(2)));
                                        })
                                .findings())
                .extracting(finding -> finding.sprawl().places())
                .containsExactlyInAnyOrder(2, 2, 1);
    }

    @Test
    void theFingerprintStaysWhenTheLineMoves() throws InterruptedException {
        Finding before =
                scan(1, sink -> sink.accept(blob("a", Tokens.any(1)))).findings().getFirst();
        Finding after =
                scan(1, sink -> sink.accept(blob("a", "\n\n" + Tokens.any(1))))
                        .findings()
                        .getFirst();
        assertThat(after.fingerprint()).isEqualTo(before.fingerprint());
    }

    @Test
    void whatCannotBeReadIsNamedAndTheRestIsSearched() throws InterruptedException {
        ScanReport report =
                scan(
                        1,
                        sink -> {
                            sink.accept(
                                    new Blob(
                                            place("gone"),
                                            new Content.Streamed(() -> {
                                                throw new IOException(
                                                        "no such luck " + Tokens.any(9));
                                            })));
                            sink.accept(
                                    new Blob(
                                            place("breaks"),
                                            new Content.Streamed(
                                                    () -> breaking(Tokens.any(1) + " "))));
                            sink.accept(
                                    new Blob(
                                            place("bug"),
                                            new Content.Streamed(() -> {
                                                throw new IllegalStateException("a defect");
                                            })));
                            sink.accept(blob("good", Tokens.any(2)));
                        });
        assertThat(report.findings()).hasSize(1);
        assertThat(report.isComplete()).isFalse();
        assertThat(report.incidents())
                .extracting(incident -> incident.where().display() + ": " + incident.what())
                .containsExactly(
                        "/target/breaks: the disk broke",
                        "/target/bug: unexpected failure, IllegalStateException: a defect",
                        "/target/gone: no such luck eyJhbGciOi…");
    }

    @Test
    void saysThatATokenIsLongerThanTheLimit() throws InterruptedException {
        String token = Tokens.signed("{\"a\":\"" + "x".repeat(900_000) + "\"}");
        for (Content content :
                List.of(
                        new Content.InMemory(token.getBytes(StandardCharsets.US_ASCII)),
                        new Content.Streamed(() ->
                                new ByteArrayInputStream(
                                        token.getBytes(StandardCharsets.US_ASCII))))) {
            ScanReport report = scan(1, sink -> sink.accept(new Blob(place("a"), content)));
            assertThat(report.findings()).isEmpty();
            assertThat(report.incidents()).singleElement().isInstanceOf(Incident.Skipped.class);
        }
    }

    @Test
    @Timeout(30)
    void cancellingEndsTheScanWithWhatWasFound() throws InterruptedException {
        var holder = new Engine[1];
        Crawler endless =
                sink -> {
                    sink.accept(blob("first", Tokens.any(1)));
                    while (true) {
                        holder[0].cancel();
                        sink.accept(blob("more", "nothing"));
                    }
                };
        holder[0] = engine(2, endless);
        ScanReport report = holder[0].scan(NOW);
        assertThat(report.interrupted()).isTrue();
        assertThat(report.findings()).hasSize(1);
    }

    @Test
    @Timeout(30)
    void cancellingDoesNotWaitForAReadThatBlocks() throws InterruptedException {
        var holder = new Engine[1];
        var never = new CountDownLatch(1);
        Crawler blocked =
                sink -> {
                    sink.accept(blob("first", Tokens.any(1)));
                    sink.accept(
                            new Blob(
                                    place("pipe"),
                                    new Content.Streamed(() -> {
                                        holder[0].cancel();
                                        return waitingFor(never);
                                    })));
                };
        holder[0] = engine(2, blocked);
        ScanReport report = holder[0].scan(NOW);
        assertThat(report.ending()).isEqualTo(new ScanReport.Ending.Cancelled());
        assertThat(report.findings()).hasSize(1);
        assertThat(report.incidents())
                .singleElement()
                .satisfies(incident ->
                        assertThat(incident.where().display()).isEqualTo("/target/pipe"));
        never.countDown();
    }

    @Test
    void anErrorEndsTheScanWithWhatWasFoundAndNamesWhatWasBeingRead() throws InterruptedException {
        ScanReport report =
                scan(
                        2,
                        sink -> {
                            sink.accept(blob("good", Tokens.any(1)));
                            sink.accept(
                                    new Blob(
                                            place("huge"),
                                            new Content.Streamed(() -> {
                                                throw new OutOfMemoryError("of a test");
                                            })));
                        });
        assertThat(report.findings()).hasSize(1);
        assertThat(report.ending())
                .isInstanceOfSatisfying(
                        ScanReport.Ending.Failed.class,
                        failed -> assertThat(failed.what()).startsWith("out of memory"));
        assertThat(report.incidents())
                .singleElement()
                .satisfies(incident ->
                        assertThat(incident.where().display()).isEqualTo("/target/huge"));
    }

    @Test
    void aFailingCrawlerDoesNotCostWhatWasFound() throws InterruptedException {
        ScanReport report =
                scan(
                        1,
                        sink -> {
                            sink.accept(blob("good", Tokens.any(1)));
                            throw new IllegalStateException("a defect");
                        });
        assertThat(report.findings()).hasSize(1);
        assertThat(report.ending().early())
                .hasValue("broke off: unexpected failure, IllegalStateException: a defect");
    }

    @Test
    void aFailingAttributionDoesNotCostWhatWasFound() throws InterruptedException {
        RuleSet rules = RuleSet.builtIn();
        Attribution failing =
                (_, _) -> {
                    throw new OutOfMemoryError("of a test");
                };
        ScanReport report =
                new Engine(
                                rules,
                                rules.policy("default"),
                                Limits.DEFAULT,
                                1,
                                List.of(sink -> sink.accept(blob("good", Tokens.any(1)))),
                                List.of(failing))
                        .scan(NOW);
        assertThat(report.findings()).hasSize(1);
        assertThat(report.isComplete()).isFalse();
    }

    @Test
    void whatIsNoTextHasNoLines() throws InterruptedException {
        String binary = "\n\0\n" + "x".repeat(200_000) + "\n" + Tokens.any(1);
        for (Content content :
                List.of(
                        new Content.InMemory(binary.getBytes(StandardCharsets.US_ASCII)),
                        new Content.Streamed(() ->
                                new ByteArrayInputStream(
                                        binary.getBytes(StandardCharsets.US_ASCII))))) {
            assertThat(scan(1, sink -> sink.accept(new Blob(place("a"), content))).findings())
                    .singleElement()
                    .satisfies(finding ->
                            assertThat(finding.sighting().position())
                                    .isEqualTo(Position.withoutLines(200_004)));
        }
    }

    @Test
    @Timeout(60)
    void aVeryWideTreeDoesNotFillTheQueue() throws InterruptedException {
        Crawler wide =
                sink -> {
                    for (int i = 0; i < 20_000; i++) {
                        int number = i;
                        sink.fork(part -> part.accept(blob("f" + number, "nothing")));
                    }
                };
        assertThat(scan(2, wide).statistics().blobs()).isEqualTo(20_000);
    }

    /// No object around it is waited for without end, and nothing of it is passed over.
    @Test
    void searchesAllOfALargeJsonFile() throws InterruptedException {
        var json = new StringBuilder("{\"events\":[");
        for (int i = 0; json.length() < 6_000_000; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"payload\":\"eyJldmVudCI6MX0\",\"n\":")
                    .append(i);
            if (i % 20_000 == 0) {
                json.append(",\"token\":\"").append(Tokens.any(i)).append('"');
            }
            json.append('}');
        }
        byte[] bytes = json.append("]}").toString().getBytes(StandardCharsets.US_ASCII);
        ScanReport report =
                scan(
                        1,
                        sink ->
                                sink.accept(
                                        new Blob(
                                                new Provenance.StandardInput(),
                                                new Content.Streamed(
                                                        () -> new ByteArrayInputStream(bytes)))));
        assertThat(report.incidents()).isEmpty();
        assertThat(report.findings()).hasSizeGreaterThan(5);
        assertThat(report.findings())
                .hasSize(
                        (int)
                                json.toString()
                                        .lines()
                                        .mapToLong(line -> line.split("\"token\"", -1).length - 1)
                                        .sum());
    }

    private static ScanReport scan(int threads, Crawler crawler) throws InterruptedException {
        return engine(threads, crawler).scan(NOW);
    }

    private static Engine engine(int threads, Crawler crawler) {
        RuleSet rules = RuleSet.builtIn();
        return new Engine(
                rules,
                rules.policy("default"),
                Limits.DEFAULT,
                threads,
                List.of(crawler),
                List.of());
    }

    private static Blob blob(String path, String text) {
        return new Blob(
                place(path), new Content.InMemory(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Provenance place(String path) {
        return new Provenance.LocalFile(ROOT, ROOT.resolve(path));
    }

    @SuppressWarnings("InputStreamSlowMultibyteRead") // it never comes to that
    private static InputStream waitingFor(CountDownLatch latch) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    latch.await();
                    return -1;
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
    }

    @SuppressWarnings("InputStreamSlowMultibyteRead") // a few bytes of a test
    private static InputStream breaking(String before) {
        return new InputStream() {
            private int position;

            @Override
            public int read() throws IOException {
                if (position == before.length()) {
                    throw new IOException("the disk broke");
                }
                return before.charAt(position++);
            }
        };
    }
}
