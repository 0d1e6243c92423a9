package io.jwtrawl.verify;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads JSON Web Keys (RFC 7517, 7518, 8037, 8812 and 9964).
final class JwkReader {

    /// Issuers have a handful.
    private static final int MAX_KEYS = 1000;

    private static final JsonMapper JSON =
            new JsonMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder().maxNestingDepth(20).build())
                            .build());

    private JwkReader() {}

    /// Every usable key of a set, or the one that `json` is. Keys for encryption and of unknown kinds are passed over, as
    /// RFC 7517, section 5, has it.
    ///
    /// @param name what messages call where it came from
    /// @throws KeyFormatException if none is left
    static KeySet read(String json, String name) throws KeyFormatException {
        JsonNode node;
        try {
            node = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new KeyFormatException("is no JSON", e);
        }
        boolean set = node.path("keys").isArray();
        if (!set && !node.has("kty")) {
            throw new KeyFormatException("is neither a JSON Web Key nor a set of them");
        }
        List<JsonNode> members = set ? new ArrayList<>(node.path("keys").values()) : List.of(node);
        if (members.size() > MAX_KEYS) {
            throw new KeyFormatException("holds more than " + MAX_KEYS + " keys");
        }
        List<VerificationKey> keys = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            JsonNode member = members.get(i);
            String called = set ? "key " + (i + 1) + " of " + name : name;
            if (member.isObject() && !member.path("use").asString("sig").equals("enc")) {
                key(member)
                        .ifPresent(key ->
                                keys.add(
                                        new VerificationKey(
                                                called,
                                                text(member, "kid"),
                                                text(member, "alg"),
                                                key)));
            }
        }
        // A set without keys is one all the same: every key of before is gone.
        if (keys.isEmpty() && !(set && members.isEmpty())) {
            throw new KeyFormatException("holds no key that can check a signature");
        }
        return new KeySet(
                List.copyOf(keys), set ? KeySet.Authority.WHOLE : KeySet.Authority.CHOSEN);
    }

    private static Optional<String> text(JsonNode key, String name) {
        return Optional.ofNullable(key.path(name).stringValue(null));
    }

    private static Optional<Key> key(JsonNode member) {
        try {
            if (member.path("kty").asString("").equals("AKP")) {
                return Optional.of(
                        RawKeys.mlDsa(
                                member.path("alg").asString(""), member.path("pub").asString("")));
            }
            return switch (JWK.parse(member.toString())) {
                case RSAKey rsa -> Optional.of(rsa.toPublicKey());
                case ECKey ec when ec.getCurve().equals(Curve.SECP256K1) ->
                        Optional.of(ec.toECPublicKey(BouncyCastle.PROVIDER));
                case ECKey ec -> Optional.of(ec.toPublicKey());
                case OctetKeyPair pair ->
                        Optional.of(RawKeys.edwards(pair.getCurve().getName(), pair.getDecodedX()));
                case OctetSequenceKey secret -> Optional.of(secret.toSecretKey("HMAC"));
                default -> Optional.empty();
            };
        } catch (ParseException
                | JOSEException
                | GeneralSecurityException
                | IllegalArgumentException e) {
            // One key that is broken must not cost the others.
            return Optional.empty();
        }
    }
}
