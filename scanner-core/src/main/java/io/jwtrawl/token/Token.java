package io.jwtrawl.token;

import io.jwtrawl.rules.AlgorithmCatalogue.Fit;
import io.jwtrawl.rules.TokenForm;
import io.jwtrawl.rules.TokenRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A decoded token. What it says is the statement of an unverified party: data for rating, never trusted.
public sealed interface Token {

    /// In so few characters of base64 there is no room for another token beside `alg`.
    int SHORTEST_HOLDER = 128;

    TokenId id();

    /// The compact serialization, in base64url without padding whatever the token was found in; of a wrapped token, what
    /// was found.
    Secret text();

    /// The rule that it was found by.
    TokenRule rule();

    /// The decoded JOSE header; empty for a wrapped token.
    ObjectNode header();

    /// The claims, if they can be read.
    Optional<Claims> claims();

    default TokenForm form() {
        return rule().form();
    }

    /// The `alg` header parameter; empty if there is none.
    default String alg() {
        return header().path("alg").asString("");
    }

    /// Whether this is only a piece of a token.
    default boolean isPartial() {
        return rule().partial();
    }

    /// How the length of its signature or authentication tag goes with its algorithm.
    default Fit fit() {
        return Fit.UNKNOWN;
    }

    /// What may hold further tokens: the decoded payload, if it can be read, and a header that is long enough.
    default List<byte[]> nested() {
        if (form() == TokenForm.WRAPPED) {
            return List.of();
        }
        byte[] whole = text().reveal();
        var parts = new Parts(whole, 0, whole.length);
        List<byte[]> nested = new ArrayList<>(2);
        if (parts.end(0) > SHORTEST_HOLDER) {
            Base64Url.decode(whole, 0, parts.end(0)).ifPresent(nested::add);
        }
        if (!(this instanceof Encrypted) && parts.count() > 1) {
            Base64Url.decode(whole, parts.start(1), parts.end(1)).ifPresent(nested::add);
        }
        return nested;
    }

    /// A token with a signature (RFC 7515). Its payload need not be a JSON object.
    record Signed(
            TokenId id,
            Secret text,
            TokenRule rule,
            ObjectNode header,
            Optional<Claims> claims,
            Fit fit)
            implements Token {}

    /// A token without one: its `alg` is none (RFC 7519, section 6).
    record Unsecured(
            TokenId id, Secret text, TokenRule rule, ObjectNode header, Optional<Claims> claims)
            implements Token {}

    /// An encrypted token (RFC 7516); nobody without the key can read its claims.
    record Encrypted(TokenId id, Secret text, TokenRule rule, ObjectNode header, Fit fit)
            implements Token {

        @Override
        public Optional<Claims> claims() {
            return Optional.empty();
        }
    }

    /// No JWT, but JSON in base64 behind a vendor's prefix.
    record Wrapped(TokenId id, Secret text, TokenRule rule, Optional<Claims> claims)
            implements Token {

        @Override
        public ObjectNode header() {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
