package io.jwtrawl.verify;

import io.jwtrawl.token.Claims;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Checks the proof of an SD-JWT's holder, the key binding JWT at its end (RFC 9901, sections 4.3 and 7.3). The nonce is
/// known only to the verifier that it was made for, which may say it.
final class KeyBinding {

    private static final String CODE = "key-binding";

    private final Expectations expected;
    private final List<ClaimProblem> problems;
    private boolean refused;

    private KeyBinding(Expectations expected, List<ClaimProblem> problems) {
        this.expected = expected;
        this.problems = problems;
    }

    /// @param text the whole token
    /// @param holder its `cnf` (RFC 7800)
    /// @param problems what is found is added to these
    static void check(
            String text,
            JsonNode holder,
            MessageDigest hash,
            Expectations expected,
            List<ClaimProblem> problems) {
        new KeyBinding(expected, problems).check(text, holder, hash);
    }

    private void check(String text, JsonNode holder, MessageDigest hash) {
        int end = text.lastIndexOf('~') + 1;
        String[] parts = text.substring(end).split("\\.", -1);
        Optional<JsonNode> header = BoundJson.object(parts[0]);
        Optional<JsonNode> claims =
                parts.length == 3 ? BoundJson.object(parts[1]) : Optional.empty();
        if (header.isEmpty() || claims.isEmpty()) {
            refuse("its holder's proof is malformed");
            return;
        }
        if (!header.get().path("typ").asString("").equals("kb+jwt")) {
            refuse("its holder's proof is not of the type kb+jwt");
        }
        String presented =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                hash.digest(
                                        text.substring(0, end)
                                                .getBytes(StandardCharsets.US_ASCII)));
        if (!claims.get().path("sd_hash").asString("").equals(presented)) {
            refuse("its holder's proof is of other disclosures");
        }
        claims(Claims.of((ObjectNode) claims.get()));
        signature(header.get().path("alg").asString(""), holder.path("jwk"), parts);
        if (!refused) {
            problems.add(
                    new ClaimProblem(
                            "key-bound",
                            false,
                            expected.nonce().isPresent()
                                    ? "its holder proved to have its key, to whom gave it this nonce"
                                    : "its holder proved to have its key; whether that proof was used before, only"
                                            + " its verifier knows"));
        }
    }

    private void claims(Claims claims) {
        Instant late = expected.at().plus(expected.clockSkew());
        if (claims.issuedAt().isEmpty()) {
            refuse("its holder's proof does not say when it was made");
        } else if (claims.issuedAt().get().isAfter(late)) {
            refuse("its holder's proof was made in the future");
        } else if (isTooOld(claims.issuedAt().get())) {
            refuse("its holder's proof is older than the policy allows");
        }
        String nonce = claims.all().path("nonce").asString("");
        if (nonce.isEmpty()) {
            refuse("its holder's proof answers no nonce");
        } else if (expected.nonce().filter(other -> !other.equals(nonce)).isPresent()) {
            refuse("its holder's proof answers another nonce");
        }
        if (claims.audience().isEmpty()) {
            refuse("its holder's proof does not say whom it is for");
        } else if (expected.audience().isPresent()
                && !claims.audience().equals(List.of(expected.audience().get()))) {
            refuse("its holder's proof is for another audience");
        }
    }

    private boolean isTooOld(Instant made) {
        Instant early = expected.at().minus(expected.clockSkew());
        return expected.proofAge().filter(age -> made.isBefore(early.minus(age))).isPresent();
    }

    private void signature(String alg, JsonNode jwk, String[] parts) {
        if (!jwk.isObject()) {
            refuse("it does not hold the key that its holder's proof is to be checked with");
            return;
        }
        Optional<Key> key = key(jwk);
        byte[] input = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        byte[] signature;
        try {
            signature = Base64.getUrlDecoder().decode(parts[2]);
        } catch (IllegalArgumentException e) {
            signature = new byte[0];
        }
        if (!(key.orElse(null) instanceof PublicKey holder) || !Signatures.fits(alg, holder)) {
            refuse("its holder's key is of another kind than the algorithm of the proof");
        } else if (!Signatures.isGood(alg, holder, input, signature)) {
            refuse("its holder's key did not sign the proof");
        }
    }

    private static Optional<Key> key(JsonNode jwk) {
        try {
            return JwkReader.read(jwk.toString(), "the holder's key").keys().stream()
                    .map(VerificationKey::key)
                    .findFirst();
        } catch (KeyFormatException e) {
            return Optional.empty();
        }
    }

    private void refuse(String words) {
        refused = true;
        problems.add(new ClaimProblem(CODE, true, words));
    }
}
