package io.jwtrawl.verify;

import io.jwtrawl.token.Claims;
import io.jwtrawl.token.Token;

/// Where the keys come from that a token is checked with.
public interface KeySource {

    /// The keys for `token`. May block.
    ///
    /// @throws KeysUnavailableException if there are none, and why
    KeySet keysFor(Token token) throws KeysUnavailableException, InterruptedException;

    /// What the issuer of a token that is genuine says of it.
    enum Activity {
        ACTIVE,
        INACTIVE,
        /// It was asked and gave no answer.
        NO_ANSWER,
        NOT_ASKED
    }

    /// Asks the issuer whether `token` still works, if this source can. May block.
    default Activity activityOf(Token token) throws InterruptedException {
        return Activity.NOT_ASKED;
    }

    /// Always these.
    static KeySource of(KeySet keys) {
        return _ -> keys;
    }

    /// These, which say nothing against a token of another issuer.
    static KeySource of(KeySet keys, String issuer) {
        KeySet candidates = keys.asCandidates();
        return token ->
                token.claims().flatMap(Claims::issuer).filter(issuer::equals).isPresent()
                        ? keys
                        : candidates;
    }
}
