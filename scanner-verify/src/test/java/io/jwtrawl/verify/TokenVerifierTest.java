package io.jwtrawl.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.classify.Verification;
import io.jwtrawl.classify.Verification.Outcome;
import io.jwtrawl.rules.TokenForm;
import io.jwtrawl.testkit.Tokens;
import io.jwtrawl.token.Token;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {

    private static final String CLAIMS =
            "{\"iss\":\"https://id.example.org\",\"sub\":\"x\",\"exp\":4102444800}";

    private static VerificationKey secret(String id, String secret) {
        return new VerificationKey(
                "a key",
                Optional.of(id).filter(text -> !text.isEmpty()),
                Optional.empty(),
                new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HMAC"));
    }

    private static KeySet keys(KeySet.Authority authority, VerificationKey... keys) {
        return new KeySet(List.of(keys), authority);
    }

    private static String mac(String input, String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HMAC"));
        return Tokens.encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String signed(String kid, String secret) throws Exception {
        String header =
                kid.isEmpty()
                        ? "{\"alg\":\"HS256\"}"
                        : "{\"alg\":\"HS256\",\"kid\":\"" + kid + "\"}";
        String input = Tokens.encode(header) + "." + Tokens.encode(CLAIMS);
        return input + "." + mac(input, secret);
    }

    private static TokenVerifier verifier(KeySource... sources) {
        return new TokenVerifier(
                List.of(sources),
                new Expectations(Optional.empty(), Optional.empty(), Instant.EPOCH, Duration.ZERO));
    }

    private static Outcome check(String token, KeySource... sources) throws Exception {
        return result(token, sources).outcome();
    }

    private static Verification result(String token, KeySource... sources) throws Exception {
        return verifier(sources).verify(FoundTokens.the(token)).verification();
    }

    private static Outcome check(String token, KeySet keys) throws Exception {
        return check(token, KeySource.of(keys));
    }

    @Test
    void aWholeSetTellsARotatedKeyFromAForgedToken() throws Exception {
        KeySet set = keys(KeySet.Authority.WHOLE, secret("one", "a"), secret("two", "b"));

        assertThat(check(signed("one", "a"), set)).isEqualTo(Outcome.VERIFIED);
        assertThat(check(signed("two", "a"), set)).isEqualTo(Outcome.VERIFIED);
        assertThat(check(signed("one", "c"), set)).isEqualTo(Outcome.BAD_SIGNATURE);
        assertThat(check(signed("three", "c"), set)).isEqualTo(Outcome.KEY_GONE);
        assertThat(check(signed("", "c"), set)).isEqualTo(Outcome.BAD_SIGNATURE);
        assertThat(check(signed("three", "c"), keys(KeySet.Authority.WHOLE)))
                .isEqualTo(Outcome.KEY_GONE);
    }

    @Test
    void aKeyThatWasChosenSaysNothingOfATokenThatNamesAnother() throws Exception {
        KeySet named = keys(KeySet.Authority.CHOSEN, secret("one", "a"));
        KeySet unnamed = keys(KeySet.Authority.CHOSEN, secret("", "a"));

        assertThat(check(signed("one", "b"), named)).isEqualTo(Outcome.BAD_SIGNATURE);
        assertThat(check(signed("two", "b"), named)).isEqualTo(Outcome.UNKNOWN);
        assertThat(check(signed("two", "a"), named)).isEqualTo(Outcome.VERIFIED);
        assertThat(check(signed("two", "b"), unnamed)).isEqualTo(Outcome.BAD_SIGNATURE);
        assertThat(check(signed("", "b"), named)).isEqualTo(Outcome.BAD_SIGNATURE);
    }

    @Test
    void aCandidateSpeaksForATokenAndNeverAgainstIt() throws Exception {
        for (KeySet.Authority authority : KeySet.Authority.values()) {
            KeySet set = keys(authority, secret("one", "a")).asCandidates();

            assertThat(check(signed("one", "a"), set)).isEqualTo(Outcome.VERIFIED);
            assertThat(check(signed("one", "b"), set)).isEqualTo(Outcome.UNKNOWN);
            assertThat(check(signed("two", "b"), set)).isEqualTo(Outcome.UNKNOWN);
        }
    }

    @Test
    void keysOfAnIssuerDecideAboutItsTokensOnly() throws Exception {
        KeySet set = keys(KeySet.Authority.WHOLE, secret("one", "a"));

        assertThat(check(signed("one", "b"), KeySource.of(set, "https://id.example.org")))
                .isEqualTo(Outcome.BAD_SIGNATURE);
        assertThat(check(signed("one", "b"), KeySource.of(set, "https://other.example")))
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void theFirstSourceThatHasTheKeyDecidesAndElseTheFirstThatKnowsSomething() throws Exception {
        KeySource wrong = KeySource.of(keys(KeySet.Authority.WHOLE, secret("one", "b")));
        KeySource right = KeySource.of(keys(KeySet.Authority.WHOLE, secret("one", "a")));
        KeySource none =
                _ -> {
                    throw new KeysUnavailableException("nobody answers");
                };

        assertThat(check(signed("one", "a"), none, wrong, right)).isEqualTo(Outcome.VERIFIED);
        assertThat(check(signed("one", "a"), none, wrong)).isEqualTo(Outcome.BAD_SIGNATURE);
        assertThat(check(signed("one", "a"), wrong, none)).isEqualTo(Outcome.BAD_SIGNATURE);
        assertThat(result(signed("one", "a"), none).detail()).isEqualTo("nobody answers");
        assertThat(check(signed("one", "a"))).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void whatIsNotSignedIsSaidToBeWhatItIs() throws Exception {
        KeySet set = keys(KeySet.Authority.WHOLE, secret("one", "a"));

        assertThat(check(Tokens.unsecured(CLAIMS), set)).isEqualTo(Outcome.BAD_SIGNATURE);
        assertThat(check(Tokens.encrypted(1), set)).isEqualTo(Outcome.UNREADABLE);
        String[] parts = signed("one", "a").split("\\.");
        assertThat(check(parts[0] + ".." + parts[2], set)).isEqualTo(Outcome.UNKNOWN);
        assertThat(check("token=" + parts[0] + "." + parts[1] + ".", set))
                .isNotEqualTo(Outcome.VERIFIED);
        assertThat(
                        check(
                                "glsa: sntrys_"
                                        + Tokens.encode(
                                                "{\"iat\":1.5,\"url\":\"https://s\",\"org\":\"a\"}")
                                        + "_"
                                        + "A".repeat(43),
                                set))
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void ofAnSdJwtTheIssuersPartIsChecked() throws Exception {
        KeySet set = keys(KeySet.Authority.WHOLE, secret("one", "a"));
        String disclosure = Tokens.encode("[\"salt\",\"name\",\"value\"]");

        Token token = FoundTokens.the(signed("one", "a") + "~" + disclosure + "~");
        assertThat(token.form()).isEqualTo(TokenForm.SD_JWT);
        assertThat(verifier(KeySource.of(set)).verify(token).verification().outcome())
                .isEqualTo(Outcome.VERIFIED);
    }

    @Test
    void paddingMayHaveBeenSignedWithTheRest() throws Exception {
        KeySet set = keys(KeySet.Authority.WHOLE, secret("", "a"));
        Base64.Encoder padded = Base64.getUrlEncoder();
        String input =
                padded.encodeToString(
                                "{\"alg\":\"HS256\",\"typ\":\"JWT\"} "
                                        .getBytes(StandardCharsets.US_ASCII))
                        + "."
                        + padded.encodeToString((CLAIMS + " ").getBytes(StandardCharsets.US_ASCII));
        assertThat(input).contains("=");
        String signature = mac(input, "a") + "=";

        assertThat(check(input + "." + signature, set)).isEqualTo(Outcome.VERIFIED);
        assertThat(check(input + "." + mac(input + "x", "a") + "=", set))
                .isEqualTo(Outcome.BAD_SIGNATURE);
    }

    @Test
    void aPayloadThatIsNotEncodedIsSignedAsItIs() throws Exception {
        KeySet set = keys(KeySet.Authority.WHOLE, secret("", "a"));
        String input =
                Tokens.encode("{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}")
                        + ".pay{load}";

        assertThat(check(input + "." + mac(input, "a"), set)).isEqualTo(Outcome.VERIFIED);
    }

    @Test
    void aTokenIsCheckedOnce() throws Exception {
        var asked = new AtomicInteger();
        TokenVerifier verifier =
                verifier(_ -> {
                    asked.incrementAndGet();
                    return keys(KeySet.Authority.WHOLE, secret("one", "a"));
                });
        for (int i = 0; i < 3; i++) {
            verifier.verify(FoundTokens.the(signed("one", "a")));
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void aTokenWhoseClaimsDoNotHoldIsNotAccepted() throws Exception {
        var late =
                new TokenVerifier(
                        List.of(KeySource.of(keys(KeySet.Authority.WHOLE, secret("one", "a")))),
                        new Expectations(
                                Optional.empty(),
                                Optional.empty(),
                                Instant.ofEpochSecond(4_200_000_000L),
                                Duration.ZERO));
        VerificationReport report = late.verify(FoundTokens.the(signed("one", "a")));

        assertThat(report.verification().outcome()).isEqualTo(Outcome.VERIFIED);
        assertThat(report.isAccepted()).isFalse();
        assertThat(report.isRefused()).isTrue();
    }

    @Test
    void aKeyIsNeverPrinted() {
        assertThat(keys(KeySet.Authority.CHOSEN, secret("one", "hush")).toString())
                .doesNotContain("hush");
        assertThat(new HttpsFetch.Post("token=hush", "Basic hush").toString())
                .doesNotContain("hush");
    }
}
