package io.jwtrawl.classify;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.TokenFinder;
import io.jwtrawl.rules.Policy;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.StorageContext;
import io.jwtrawl.token.Token;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Judges tokens as a scan would, at one instant.
final class Judged {

    static final RuleSet RULES = RuleSet.builtIn();
    static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private Judged() {}

    static Classification byDefault(String token) {
        return by(RULES.policy("default"), token, StorageContext.UNKNOWN, Optional.empty());
    }

    static Classification by(
            Policy policy, String text, StorageContext context, Optional<Instant> since) {
        Token token = token(text);
        var search = new WeakSecretSearch(List.of(token), RULES);
        search.run(0, 1, () -> false);
        var classifier = new Classifier(RULES, policy, NOW, new HashMap<>(search.found()));
        return classifier.classify(classifier.profile(token), "", context, since);
    }

    /// The same without trying secrets.
    static Rating quickly(
            Policy policy, String text, StorageContext context, Optional<Instant> since) {
        var classifier = new Classifier(RULES, policy, NOW, Map.of());
        return classifier.classify(classifier.profile(token(text)), "", context, since).rating();
    }

    static Token token(String text) {
        return TokenFinder.find(text.getBytes(StandardCharsets.US_ASCII), RULES, Limits.DEFAULT)
                .getFirst()
                .token();
    }
}
