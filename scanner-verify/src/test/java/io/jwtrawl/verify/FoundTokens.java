package io.jwtrawl.verify;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.TokenFinder;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.Token;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Tokens as a scan finds them in text.
final class FoundTokens {

    private FoundTokens() {}

    static Optional<Token> in(String text) {
        List<Sighting> found =
                TokenFinder.find(
                        text.getBytes(StandardCharsets.UTF_8), RuleSet.builtIn(), Limits.DEFAULT);
        return found.stream().map(Sighting::token).findFirst();
    }

    static Token the(String text) {
        return in(text).orElseThrow(() -> new AssertionError("no token found"));
    }
}
