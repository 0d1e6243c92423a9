package io.jwtrawl.verify;

import io.jwtrawl.token.Claims;
import io.jwtrawl.token.Token;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Checks what an SD-JWT has behind its issuer's part: the disclosures, each of which the issuer must have signed by its
/// digest, and the holder's proof (RFC 9901, section 7.1).
final class SelectiveDisclosure {

    private static final String DIGESTS = "_sd";
    private static final String ELEMENT = "...";

    private static final Set<String> HASHES =
            Set.of("sha-256", "sha-384", "sha-512", "sha3-256", "sha3-384", "sha3-512");

    private final String text;
    private final Claims claims;
    private final Expectations expected;
    private final List<ClaimProblem> problems = new ArrayList<>();

    private SelectiveDisclosure(String text, Claims claims, Expectations expected) {
        this.text = text;
        this.claims = claims;
        this.expected = expected;
    }

    /// Nothing for a token that is no SD-JWT.
    static List<ClaimProblem> check(Token token, Expectations expected) {
        String text = textOf(token);
        if (text.indexOf('~') < 0 || token.claims().isEmpty()) {
            return List.of();
        }
        var check = new SelectiveDisclosure(text, token.claims().get(), expected);
        check.run();
        return List.copyOf(check.problems);
    }

    /// Whether a token comes with its holder's proof, which then says whom it is for.
    static boolean isBound(Token token) {
        String text = textOf(token);
        return text.indexOf('~') >= 0 && !text.endsWith("~");
    }

    private static String textOf(Token token) {
        return switch (token.form()) {
            case SD_JWT -> new String(token.text().reveal(), StandardCharsets.ISO_8859_1);
            case JWS, JWE, UNSECURED, DETACHED, JWS_JSON, JWE_JSON, WRAPPED -> "";
        };
    }

    private void run() {
        Optional<MessageDigest> hash = hash(claims.all().path("_sd_alg").asString("sha-256"));
        if (hash.isEmpty()) {
            problem("disclosure", true, "its disclosures are hashed in a way that is not known");
            return;
        }
        disclosures(hash.get());
        JsonNode holder = claims.all().path("cnf");
        if (!text.endsWith("~")) {
            KeyBinding.check(text, holder, hash.get(), expected, problems);
        } else if (holder.isObject()) {
            problem(
                    "no-key-binding",
                    false,
                    "lacks the proof of its holder: a verifier that asks for one refuses it");
        }
    }

    private void disclosures(MessageDigest hash) {
        String[] parts = text.split("~", -1);
        Map<String, Optional<JsonNode>> disclosed = new LinkedHashMap<>();
        boolean repeated = false;
        for (String disclosure : Arrays.copyOfRange(parts, 1, parts.length - 1)) {
            byte[] digest = hash.digest(disclosure.getBytes(StandardCharsets.US_ASCII));
            repeated |=
                    disclosed.put(
                                    Base64.getUrlEncoder().withoutPadding().encodeToString(digest),
                                    BoundJson.array(disclosure))
                            != null;
        }
        Set<String> signed = new HashSet<>();
        repeated |= collect(claims.all(), signed);
        boolean more = true;
        Set<String> opened = new HashSet<>();
        while (more) { // what is disclosed may hold digests of its own
            more = false;
            for (var entry : disclosed.entrySet()) {
                if (signed.contains(entry.getKey()) && opened.add(entry.getKey())) {
                    more = true;
                    if (entry.getValue().isPresent()) {
                        repeated |= collect(entry.getValue().get(), signed);
                    }
                }
            }
        }
        if (disclosed.containsValue(Optional.<JsonNode>empty())) {
            problem("disclosure", true, "holds a disclosure that is malformed");
        }
        if (opened.size() < disclosed.size()) {
            problem("disclosure", true, "discloses what its issuer did not sign");
        }
        if (repeated) {
            problem("disclosure", true, "holds a digest or a disclosure twice");
        }
    }

    /// Adds the digests in `node`.
    ///
    /// @return whether one was there already
    private static boolean collect(JsonNode node, Set<String> digests) {
        boolean repeated = false;
        for (JsonNode digest : node.path(DIGESTS)) {
            repeated |= digest.isString() && !digests.add(digest.stringValue());
        }
        JsonNode element = node.path(ELEMENT);
        repeated |= element.isString() && !digests.add(element.stringValue());
        for (JsonNode inner : node) {
            repeated |= inner.isContainer() && collect(inner, digests);
        }
        return repeated;
    }

    /// By the names of the IANA registry of named information hash algorithms.
    private static Optional<MessageDigest> hash(String name) {
        try {
            return HASHES.contains(name)
                    ? Optional.of(MessageDigest.getInstance(name.toUpperCase(Locale.ROOT)))
                    : Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            return Optional.empty();
        }
    }

    private void problem(String code, boolean refuse, String words) {
        problems.add(new ClaimProblem(code, refuse, words));
    }
}
