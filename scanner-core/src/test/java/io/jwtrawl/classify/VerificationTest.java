package io.jwtrawl.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.classify.Verification.Outcome;
import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.TokenFinder;
import io.jwtrawl.rules.Level;
import io.jwtrawl.rules.Policy;
import io.jwtrawl.rules.ReasonCode;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.StorageContext;
import io.jwtrawl.testkit.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How the result of a check moves a rating.
class VerificationTest {

    private static final RuleSet RULES = RuleSet.builtIn();
    private static final Policy POLICY = RULES.policy("default");
    private static final String WORKING =
            "{\"iss\":\"https://id.example.org\",\"sub\":\"x\",\"scope\":\"admin\",\"exp\":1800000000}";

    private static Classification rated(String token) {
        var sighting =
                TokenFinder.find(token.getBytes(StandardCharsets.UTF_8), RULES, Limits.DEFAULT)
                        .getFirst();
        return new Classifier(RULES, POLICY, Instant.ofEpochSecond(1_799_990_000))
                .classify(sighting, StorageContext.SOURCE);
    }

    private static Rating rated(String token, Outcome outcome) {
        return new Verification(outcome, "for a reason").applyTo(rated(token), POLICY).rating();
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void theReasonsStillAddUpAndSayWhatWasFound(Outcome outcome) {
        Rating rating = rated(Tokens.signed(WORKING), outcome);

        assertThat(rating.reasons().stream().mapToInt(Reason::points).sum())
                .isEqualTo(rating.score());
        assertThat(rating.inWords()).contains("for a reason");
        assertThat(rating.level()).isEqualTo(POLICY.levelOf(rating.score()));
    }

    @Test
    void whatNobodyAcceptsWeighsLessAndWhatIsGenuineNoLess() {
        int plain = rated(Tokens.signed(WORKING)).rating().score();

        assertThat(rated(Tokens.signed(WORKING), Outcome.VERIFIED).score())
                .isGreaterThanOrEqualTo(plain);
        assertThat(rated(Tokens.signed(WORKING), Outcome.UNKNOWN).score()).isEqualTo(plain);
        assertThat(rated(Tokens.signed(WORKING), Outcome.BAD_SIGNATURE).level())
                .isEqualTo(Level.LOW);
        assertThat(rated(Tokens.signed(WORKING), Outcome.INACTIVE).level()).isEqualTo(Level.LOW);
        assertThat(rated(Tokens.signed(WORKING), Outcome.KEY_GONE).level()).isEqualTo(Level.MEDIUM);
    }

    @Test
    void aCapOfBeforeDoesNotCountTwice() {
        String machine = Tokens.signed(WORKING.replace("{", "{\"gty\":\"client-credentials\","));
        Rating before = rated(machine).rating();
        assertThat(before.reasons()).extracting(Reason::code).contains(ReasonCode.CAPPED);

        Rating after = rated(machine, Outcome.VERIFIED);
        assertThat(after.reasons().stream().filter(r -> r.code() == ReasonCode.CAPPED)).hasSize(1);
        assertThat(after.score()).isEqualTo(Policy.MAX_SCORE);
    }

    @Test
    void aSampleStaysOne() {
        String sample = Tokens.signed("{\"sub\":\"1234567890\",\"name\":\"John Doe\"}");

        assertThat(rated(sample, Outcome.VERIFIED)).isEqualTo(rated(sample).rating());
    }
}
