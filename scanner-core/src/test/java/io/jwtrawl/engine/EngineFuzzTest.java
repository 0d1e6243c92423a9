package io.jwtrawl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jwtrawl.detect.Limits;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

class EngineFuzzTest {

    private static final RuleSet RULES = RuleSet.builtIn();

    /// @param claims of an otherwise good token
    @FuzzTest(maxDuration = "5m")
    void ratesATokenWhateverItClaims(byte[] claims) throws InterruptedException {
        String token = Tokens.signed(new String(claims, StandardCharsets.ISO_8859_1));
        var blob =
                new Blob(
                        new Provenance.StandardInput(),
                        new Content.InMemory(token.getBytes(StandardCharsets.US_ASCII)));
        ScanReport report =
                new Engine(
                                RULES,
                                RULES.policy("default"),
                                Limits.DEFAULT,
                                1,
                                List.of(sink -> sink.accept(blob)),
                                List.of())
                        .scan(Instant.parse("2026-06-01T00:00:00Z"));
        assertThat(report.incidents()).isEmpty();
        assertThat(report.findings()).isNotEmpty();
    }
}
