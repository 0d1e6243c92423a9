package io.jwtrawl.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.testkit.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimRulesTest {

    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}";
    private static final String WHOLE =
            "\"iss\":\"https://id.example.org\",\"aud\":[\"api\",\"web\"],\"sub\":\"x\",\"jti\":\"1\"";
    private static final Expectations NOTHING = expectations(Optional.empty(), Optional.empty());

    private static Expectations expectations(String issuer, String audience) {
        return expectations(Optional.of(issuer), Optional.of(audience));
    }

    private static Expectations expectations(Optional<String> issuer, Optional<String> audience) {
        return new Expectations(
                issuer, audience, Instant.ofEpochSecond(1_800_000_000), Duration.ofMinutes(1));
    }

    private static List<ClaimProblem> check(String header, String claims, Expectations expected) {
        return ClaimRules.check(
                FoundTokens.the(Tokens.signed(header, claims)), expected, Optional.empty());
    }

    private static List<String> listed(@Nullable String expected) {
        return expected == null ? List.of() : List.of(expected);
    }

    private static List<String> codes(List<ClaimProblem> problems) {
        return problems.stream()
                .map(problem -> (problem.refuse() ? "!" : "") + problem.code())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'exp':1800000001|",
                "'exp':1799999941|",
                "'exp':1799999940|!expired",
                "'exp':0|!expired",
                "'exp':-1|!expired",
                "'exp':1.8e9|",
                "'exp':'soon'|!bad-date",
                "'exp':null|!bad-date",
                "'exp':1e40|",
                "'x':1|no-expiry",
                "'exp':1900000000,'nbf':1800000060|",
                "'exp':1900000000,'nbf':1800000061|!not-yet-valid",
                "'exp':1900000000,'nbf':[]|!bad-date",
                "'exp':1900000000,'iat':1800009999|issued-later",
            })
    void timesAreJudgedWithinTheSkewOfClocks(String times, @Nullable String expected) {
        List<ClaimProblem> problems =
                check(HEADER, "{" + WHOLE + "," + times.replace('\'', '"') + "}", NOTHING);

        assertThat(codes(problems)).isEqualTo(listed(expected));
    }

    @Test
    void issuerAndAudienceMustBeThoseExpected() {
        String claims = "{" + WHOLE + ",\"exp\":1900000000}";

        assertThat(check(HEADER, claims, expectations("https://id.example.org", "web"))).isEmpty();
        assertThat(codes(check(HEADER, claims, expectations("https://id.example.org/", "we"))))
                .containsExactly("!wrong-issuer", "!wrong-audience");
        assertThat(codes(check(HEADER, "{\"exp\":1900000000}", expectations("i", "a"))))
                .contains("!wrong-issuer", "!wrong-audience");
    }

    @Test
    void whatIsMissingIsNoted() {
        assertThat(codes(check(HEADER, "{\"exp\":1900000000}", NOTHING)))
                .containsExactly("no-issuer", "no-audience", "no-subject", "no-id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'crit':['b64']|",
                "'crit':['x']|!unknown-crit",
                "'crit':['b64','x']|!unknown-crit",
                "'crit':'b64'|!unknown-crit",
                "'crit':[]|!unknown-crit",
                "'crit':[null]|!unknown-crit",
                "'jku':'https://evil.example'|sender-key",
                "'x5u':'https://evil.example'|sender-key",
                "'jwk':{}|sender-key",
                "'x5c':[]|sender-key",
            })
    void theHeaderMustNotAskForMoreThanIsUnderstood(String member, @Nullable String expected) {
        String header = HEADER.replace("}", "," + member.replace('\'', '"') + "}");

        assertThat(codes(check(header, "{" + WHOLE + ",\"exp\":1900000000}", NOTHING)))
                .isEqualTo(listed(expected));
    }

    @Test
    void whatATokenSaysIsShownEscapedAndCutShort() {
        String nasty = "\\u001b[31m\\u202e" + "x".repeat(1000);
        List<ClaimProblem> problems =
                check(
                        HEADER,
                        "{\"iss\":\"" + nasty + "\",\"aud\":\"" + Tokens.any(7) + "\"}",
                        expectations("i", "a"));

        for (ClaimProblem problem : problems) {
            assertThat(problem.text())
                    .doesNotContain("\u001b", "\u202e", Tokens.any(7))
                    .hasSizeLessThan(300);
        }
    }

    @Test
    void smallKeysAndKeysForSomethingElseAreTold() throws Exception {
        var token = FoundTokens.the(Tokens.signed(HEADER, "{" + WHOLE + ",\"exp\":1900000000}"));
        var secret = new SecretKeySpec("short".getBytes(StandardCharsets.US_ASCII), "HMAC");
        var key = new VerificationKey("k", Optional.empty(), Optional.of("HS512"), secret);

        assertThat(codes(ClaimRules.check(token, NOTHING, Optional.of(key))))
                .containsExactly("!key-for-other-alg", "small-key");

        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(1024);
        var small =
                new VerificationKey(
                        "k", Optional.empty(), Optional.empty(), rsa.generateKeyPair().getPublic());
        assertThat(codes(ClaimRules.check(token, NOTHING, Optional.of(small))))
                .containsExactly("small-key");
    }
}
