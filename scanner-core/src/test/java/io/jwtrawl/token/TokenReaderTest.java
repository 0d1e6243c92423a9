package io.jwtrawl.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.detect.Candidate;
import io.jwtrawl.detect.CandidateSink.Verdict;
import io.jwtrawl.detect.Layer;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.TokenRule;
import io.jwtrawl.testkit.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TokenReaderTest {

    @Test
    void readsTheRegisteredClaims() {
        Claims claims =
                claims(
                        """
                        {"iss":"https://issuer.example","sub":"me","aud":["a","b"],"iat":1700000000,"nbf":1700000001,
                         "exp":1700000002.5}\
                        """);
        assertThat(claims.issuer()).contains("https://issuer.example");
        assertThat(claims.subject()).contains("me");
        assertThat(claims.audience()).containsExactly("a", "b");
        assertThat(claims.issuedAt()).contains(Instant.ofEpochSecond(1_700_000_000));
        assertThat(claims.notBefore()).contains(Instant.ofEpochSecond(1_700_000_001));
        assertThat(claims.expiresAt()).contains(Instant.ofEpochSecond(1_700_000_002));
    }

    @Test
    void readsDatesAsIssuersWriteThem() {
        Optional<Instant> expected = Optional.of(Instant.ofEpochSecond(1_700_000_000));
        assertThat(claims("{\"exp\":\"1700000000\"}").expiresAt()).isEqualTo(expected);
        assertThat(claims("{\"exp\":1.7e9}").expiresAt()).isEqualTo(expected);
        assertThat(claims("{\"exp\":1700000000000}").expiresAt()).isEqualTo(expected);
        assertThat(claims("{\"exp\":1700000000000000}").expiresAt()).isEqualTo(expected);
        assertThat(claims("{\"exp\":-1}").expiresAt()).contains(Instant.ofEpochSecond(-1));
        assertThat(claims("{\"exp\":1e999999999}").expiresAt()).contains(NumericDate.LATEST);
        assertThat(claims("{\"exp\":99999999999999999999}").expiresAt())
                .contains(NumericDate.LATEST);
        assertThat(claims("{\"exp\":\"tomorrow\"}").expiresAt()).isEmpty();
        assertThat(claims("{\"exp\":null}").expiresAt()).isEmpty();
    }

    @Test
    void takesClaimsOfAWrongTypeForAbsent() {
        Claims claims = claims("{\"iss\":7,\"sub\":{},\"aud\":{\"a\":1}}");
        assertThat(claims.issuer()).isEmpty();
        assertThat(claims.subject()).isEmpty();
        assertThat(claims.audience()).isEmpty();
    }

    @Test
    void keepsASignedTokenWhosePayloadIsNotJson() {
        assertThat(
                        decode(
                                Tokens.signed("{\"alg\":\"HS256\"}", "It is a dangerous business"),
                                "jws"))
                .get()
                .satisfies(token -> assertThat(token.claims()).isEmpty());
    }

    @Test
    void refusesAHeaderThatIsDeeperThanAnyHeader() {
        String deep = "{\"alg\":\"HS256\",\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertThat(decode(Tokens.signed(deep, "{}"), "jws")).isEmpty();
    }

    @Test
    void readsWhatItCanOfClaimsThatAreTooDeepOrHoldNumbersThatAreTooLong() {
        Claims claims =
                claims(
                        "{\"exp\":1900000000,\"deep\":"
                                + "[".repeat(3_000)
                                + "]".repeat(3_000)
                                + ",\"long\":"
                                + "9".repeat(5_000)
                                + ",\"scope\":\"admin\"}");
        assertThat(claims.expiresAt()).contains(Instant.ofEpochSecond(1_900_000_000));
        assertThat(claims.all().path("scope").asString()).isEqualTo("admin");
        assertThat(claims.all().path("long").isNull()).isTrue();
    }

    @Test
    void survivesBytesThatAreNotUtf8() {
        String token = Tokens.signed("{\"sub\":\"x\"}");
        String payload =
                java.util.Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                "{\"sub\":\"\u00ff\u00fe\"}".getBytes(StandardCharsets.ISO_8859_1));
        String[] parts = token.split("\\.");
        assertThat(decode(parts[0] + "." + payload + "." + parts[2], "jws"))
                .get()
                .satisfies(found -> assertThat(found.claims()).isPresent());
    }

    @Test
    void identifiesATokenByTheHashOfItsText() {
        String token = Tokens.any(1);
        assertThat(decode(token, "jws").orElseThrow().id())
                .isEqualTo(decode(token, "jws").orElseThrow().id())
                .isNotEqualTo(decode(Tokens.any(2), "jws").orElseThrow().id());
        assertThat(decode(token, "jws").orElseThrow().toString())
                .doesNotContain(token.substring(40));
    }

    @Property(tries = 3_000)
    void neverThrows(@ForAll byte[] payload, @ForAll byte[] header) {
        var encoder = java.util.Base64.getUrlEncoder().withoutPadding();
        String token =
                "eyJ"
                        + encoder.encodeToString(header)
                        + "."
                        + encoder.encodeToString(payload)
                        + "."
                        + encoder.encodeToString(payload);
        decode(token, "jws");
        String signature = Tokens.any(1).split("\\.")[2];
        decode(
                Tokens.encode("{\"alg\":\"HS256\"}")
                        + "."
                        + encoder.encodeToString(payload)
                        + "."
                        + signature,
                "jws");
    }

    private static Claims claims(String json) {
        return decode(Tokens.signed(json), "jws").orElseThrow().claims().orElseThrow();
    }

    @Test
    void takesAWrappedTokenForTheSameWithAndWithoutItsPadding() {
        String rule = "upstash-qstash-token";
        String body = "{\"UserID\":\"nobody\",\"Password\":\"0\"}";
        String padded =
                Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.US_ASCII));
        assertThat(padded).endsWith("=");
        assertThat(decode(padded, rule).map(Token::id))
                .isPresent()
                .isEqualTo(decode(padded.replace("=", ""), rule).map(Token::id));
    }

    @Test
    void readsTheFirstJsonBehindATextThatStandsInAWrappedTokenMoreThanOnce() {
        String token = "snyk_uat.01234567." + Tokens.encode("{\"e\":1,\"h\":\"x\"}") + ".c2ln";
        assertThat(decode(token, "snyk-token").flatMap(Token::claims))
                .hasValueSatisfying(claims -> assertThat(claims.all().has("h")).isTrue());
        assertThat(decode("snyk_uat.01234567.c2ln.c2ln", "snyk-token")).isEmpty();
    }

    private static Optional<Token> decode(String text, String ruleId) {
        TokenRule rule =
                RuleSet.builtIn().tokens().stream()
                        .filter(candidate -> candidate.id().equals(ruleId))
                        .findFirst()
                        .orElseThrow();
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        var candidate = Candidate.direct(Layer.of(bytes), 0, bytes.length, rule);
        var reader = new TokenReader(RuleSet.builtIn().algorithms());
        return reader.judge(candidate).compareTo(Verdict.PARTIAL) >= 0
                ? Optional.of(reader.read(candidate))
                : Optional.empty();
    }
}
