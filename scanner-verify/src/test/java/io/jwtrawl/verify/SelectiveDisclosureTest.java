package io.jwtrawl.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.jwtrawl.rules.TokenForm;
import io.jwtrawl.testkit.Tokens;
import io.jwtrawl.token.Token;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The SD-JWTs that we accept are those that the reference implementation accepts, by what `src/test/python` wrote down.
class SelectiveDisclosureTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    /// RFC 9901, section 7.1, step 5, which that implementation does not have: all disclosures must be signed for.
    private static final Set<String> STRICTER =
            Set.of(
                    "a disclosure of another token",
                    "a made-up disclosure",
                    "a nested disclosure without what holds it");

    private static JsonNode verdicts() throws IOException {
        try (InputStream in =
                SelectiveDisclosureTest.class.getResourceAsStream("sd-jwt-verdicts.json")) {
            return JsonMapper.shared().readTree(in);
        }
    }

    @TestFactory
    List<DynamicTest> bothSayTheSame() throws Exception {
        JsonNode verdicts = verdicts();
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode each : verdicts.path("cases")) {
            String what = each.path("what").stringValue();
            boolean good = each.path("good").booleanValue() && !STRICTER.contains(what);
            tests.add(
                    dynamicTest(
                            what,
                            () -> {
                                VerificationReport report =
                                        check(verdicts, each.path("token").stringValue());
                                assertThat(report.isAccepted()).as("%s", report).isEqualTo(good);
                            }));
        }
        assertThat(tests).hasSizeGreaterThan(20);
        return tests;
    }

    /// Without an audience of the verifier's own none is asked for, and an unbound token is told to be one.
    @Test
    void tellsWhetherAHolderProvedAnything() throws Exception {
        JsonNode verdicts = verdicts();
        assertThat(codes(check(verdicts, token(verdicts, "discloses all, bound"))))
                .contains("key-bound")
                .doesNotContain("no-key-binding");
        assertThat(codes(check(verdicts, token(verdicts, "discloses all"))))
                .contains("no-key-binding")
                .doesNotContain("key-bound");
        assertThat(codes(check(verdicts, token(verdicts, "without a holder"))))
                .doesNotContain("no-key-binding", "key-bound");
    }

    /// What only the verifier knows that the proof was made for, and how long ago it may have been made.
    @Test
    void aProofIsHeldToItsNonceAndItsAge() throws Exception {
        JsonNode verdicts = verdicts();
        String text = token(verdicts, "discloses all, bound");
        ObjectNode proof =
                (ObjectNode)
                        BoundJson.object(
                                        text.substring(text.lastIndexOf('~') + 1)
                                                .split("\\.", -1)[1])
                                .orElseThrow();
        String nonce = proof.path("nonce").asString();
        Instant made = Instant.ofEpochSecond(proof.path("iat").asLong());
        var minute = Duration.ofMinutes(1);
        Optional<Duration> any = Optional.empty();
        assertThat(check(verdicts, text, Optional.of(nonce), NOW, any).isAccepted()).isTrue();
        assertThat(check(verdicts, text, Optional.of("other"), NOW, any).problems())
                .extracting(ClaimProblem::text)
                .contains("its holder's proof answers another nonce");
        Instant soon = made.plusSeconds(59);
        Instant late = made.plusSeconds(61);
        assertThat(codes(check(verdicts, text, Optional.empty(), soon, Optional.of(minute))))
                .contains("key-bound");
        assertThat(check(verdicts, text, Optional.empty(), late, Optional.of(minute)).problems())
                .extracting(ClaimProblem::text)
                .contains("its holder's proof is older than the policy allows");
    }

    /// Whatever stands behind the last `~`.
    @Test
    void nothingThatIsNoProofIsTakenForOne() throws Exception {
        JsonNode verdicts = verdicts();
        String unbound = token(verdicts, "discloses all");
        for (String proof :
                List.of(
                        Tokens.encode("[]") + ".AAAA.AAAA",
                        Tokens.encode("{\"alg\":\"none\",\"typ\":\"kb+jwt\"}") + ".e30.AAAA",
                        Tokens.encode("{\"alg\":\"HS256\",\"typ\":\"kb+jwt\"}")
                                + "."
                                + Tokens.encode("[".repeat(500))
                                + ".AAAA")) {
            Optional<Token> token = FoundTokens.in(unbound + proof);
            assertThat(token.map(Token::form)).as(proof).contains(TokenForm.SD_JWT);
            assertThat(check(verdicts, unbound + proof).isAccepted()).as(proof).isFalse();
        }
    }

    private static String token(JsonNode verdicts, String what) {
        for (JsonNode each : verdicts.path("cases")) {
            if (each.path("what").stringValue().equals(what)) {
                return each.path("token").stringValue();
            }
        }
        throw new AssertionError(what);
    }

    private static List<String> codes(VerificationReport report) {
        return report.problems().stream().map(ClaimProblem::code).toList();
    }

    private static VerificationReport check(JsonNode verdicts, String text) throws Exception {
        return check(verdicts, text, Optional.empty(), NOW, Optional.empty());
    }

    private static VerificationReport check(
            JsonNode verdicts,
            String text,
            Optional<String> nonce,
            Instant at,
            Optional<Duration> age)
            throws Exception {
        Token token = FoundTokens.the(text);
        boolean bound = !text.endsWith("~");
        return new TokenVerifier(
                        List.of(
                                KeySource.of(
                                        JwkReader.read(
                                                verdicts.path("key").toString(), "the key"))),
                        new Expectations(
                                Optional.empty(),
                                bound
                                        ? Optional.of(verdicts.path("audience").stringValue())
                                        : Optional.empty(),
                                nonce,
                                at,
                                Duration.ZERO,
                                age))
                .verify(token);
    }
}
