package io.jwtrawl.verify;

import io.jwtrawl.source.PathText;
import io.jwtrawl.token.Claims;
import io.jwtrawl.token.Redaction;
import io.jwtrawl.token.Token;
import java.math.BigInteger;
import java.security.Key;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Checks header and claims by the rules of RFC 8725 (JSON Web Token Best Current Practices) and RFC 7519, section 7.2.
final class ClaimRules {

    private static final int RSA_BITS = 2048;

    /// Header parameters by which a sender would choose the key that checks it (RFC 8725, section 3.10).
    private static final List<String> SENDER_KEYS = List.of("jwk", "jku", "x5u", "x5c");

    /// Shown of what a token says.
    private static final int MAX_SHOWN = 200;

    private final Expectations expected;
    private final List<ClaimProblem> problems = new ArrayList<>();

    private ClaimRules(Expectations expected) {
        this.expected = expected;
    }

    /// @param key the one that signed the token, if one did
    static List<ClaimProblem> check(
            Token token, Expectations expected, Optional<VerificationKey> key) {
        var rules = new ClaimRules(expected);
        rules.header(token.header());
        key.ifPresent(signer -> rules.key(token.alg(), signer));
        if (token.claims().isPresent()) {
            rules.claims(token.claims().get());
        } else {
            rules.note("no-claims", "holds no claims that can be read");
        }
        return List.copyOf(rules.problems);
    }

    private void header(ObjectNode header) {
        JsonNode crit = header.path("crit");
        if (!crit.isMissingNode() && !understood(crit)) {
            refuse("unknown-crit", "crit names an extension that is not understood here");
        }
        for (String name : SENDER_KEYS) {
            if (header.has(name)) {
                note("sender-key", name + " lets its sender choose the key; it was not used");
            }
        }
        String type = header.path("typ").asString("");
        if (type.isEmpty() || type.equalsIgnoreCase("JWT")) {
            note("no-type", "typ does not say what kind of token it is");
        }
    }

    /// RFC 7797 is the one extension that the reader of tokens knows.
    private static boolean understood(JsonNode crit) {
        return crit.isArray() && crit.size() == 1 && crit.path(0).asString("").equals("b64");
    }

    private void key(String alg, VerificationKey signer) {
        Key key = signer.key();
        signer.algorithm()
                .filter(meant -> !meant.equals(alg))
                .ifPresent(
                        _ -> refuse("key-for-other-alg", "its key is meant for another algorithm"));
        if (key instanceof SecretKey secret) {
            byte[] bytes = secret.getEncoded();
            int bits = bytes == null ? 0 : bytes.length * 8;
            int least = Integer.parseInt(alg.substring(2));
            if (bits < least) {
                note("small-key", "its secret has " + bits + " bits, fewer than " + least);
            }
        }
        if (key instanceof RSAPublicKey rsa && bitsOf(rsa.getModulus()) < RSA_BITS) {
            note(
                    "small-key",
                    "its RSA key has " + bitsOf(rsa.getModulus()) + " bits, fewer than 2048");
        }
    }

    private static int bitsOf(BigInteger modulus) {
        return modulus.bitLength();
    }

    private void claims(Claims claims) {
        times(claims);
        expected.issuer()
                .ifPresent(issuer -> {
                    if (!claims.issuer().equals(Optional.of(issuer))) {
                        refuse(
                                "wrong-issuer",
                                claims.issuer()
                                        .map(said ->
                                                "was issued by " + shown(said, "somebody else"))
                                        .orElse("does not say who issued it"));
                    }
                });
        expected.audience()
                .ifPresent(audience -> {
                    if (!claims.audience().contains(audience)) {
                        refuse(
                                "wrong-audience",
                                claims.audience().isEmpty()
                                        ? "does not say whom it is for"
                                        : "is for "
                                                + shown(
                                                        String.join(", ", claims.audience()),
                                                        "others"));
                    }
                });
        if (claims.issuer().isEmpty() && expected.issuer().isEmpty()) {
            note("no-issuer", "does not say who issued it (iss)");
        }
        if (claims.audience().isEmpty() && expected.audience().isEmpty()) {
            note("no-audience", "does not say whom it is for (aud)");
        }
        if (claims.subject().isEmpty()) {
            note("no-subject", "does not say whose it is (sub)");
        }
        if (!claims.all().has("jti")) {
            note("no-id", "cannot be told from another like it (jti)");
        }
    }

    private void times(Claims claims) {
        Instant early = expected.at().minus(expected.clockSkew());
        Instant late = expected.at().plus(expected.clockSkew());
        if (claims.expiresAt().isPresent()) {
            if (!claims.expiresAt().get().isAfter(early)) {
                refuse("expired", "expired at " + claims.expiresAt().get());
            }
        } else if (claims.all().has("exp")) {
            refuse("bad-date", "exp is no date");
        } else {
            note("no-expiry", "never expires (exp)");
        }
        if (claims.notBefore().isPresent()) {
            if (claims.notBefore().get().isAfter(late)) {
                refuse("not-yet-valid", "begins to work at " + claims.notBefore().get());
            }
        } else if (claims.all().has("nbf")) {
            refuse("bad-date", "nbf is no date");
        }
        if (claims.issuedAt().filter(issued -> issued.isAfter(late)).isPresent()) {
            note("issued-later", "says that it was issued at " + claims.issuedAt().get());
        }
    }

    /// @param unnamed what is said in place of a person, whose address reports do not show
    private static String shown(String said, String unnamed) {
        if (said.indexOf('@') >= 0) {
            return unnamed;
        }
        String text = PathText.escape(Redaction.redact(said));
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    private void refuse(String code, String text) {
        problems.add(new ClaimProblem(code, true, text));
    }

    private void note(String code, String text) {
        problems.add(new ClaimProblem(code, false, text));
    }
}
