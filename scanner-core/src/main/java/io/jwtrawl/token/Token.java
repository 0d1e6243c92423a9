package io.jwtrawl.token;

import io.jwtrawl.rules.TokenForm;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A decoded token. What it says is the statement of an unverified party: data for rating, never trusted.
public sealed interface Token {

    TokenId id();

    /// The compact serialization as it was found.
    Secret text();

    /// The decoded JOSE header.
    ObjectNode header();

    /// The claims, if they can be read.
    Optional<Claims> claims();

    TokenForm form();

    /// The `alg` header parameter; empty if there is none.
    default String alg() {
        return header().path("alg").asString("");
    }

    /// A token with a signature (RFC 7515). Its payload need not be a JSON object.
    record Signed(TokenId id, Secret text, ObjectNode header, Optional<Claims> claims)
            implements Token {
        @Override
        public TokenForm form() {
            return TokenForm.JWS;
        }
    }

    /// A token without one: its `alg` is none (RFC 7519, section 6).
    record Unsecured(TokenId id, Secret text, ObjectNode header, Optional<Claims> claims)
            implements Token {
        @Override
        public TokenForm form() {
            return TokenForm.UNSECURED;
        }
    }

    /// An encrypted token (RFC 7516); nobody without the key can read its claims.
    record Encrypted(TokenId id, Secret text, ObjectNode header) implements Token {
        @Override
        public Optional<Claims> claims() {
            return Optional.empty();
        }

        @Override
        public TokenForm form() {
            return TokenForm.JWE;
        }
    }
}
