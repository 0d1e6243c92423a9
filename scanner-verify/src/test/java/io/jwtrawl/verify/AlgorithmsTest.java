package io.jwtrawl.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.jwtrawl.classify.Verification.Outcome;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.testkit.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every registered algorithm, signed by somebody else's code and checked by ours, with the key as a JSON Web Key.
class AlgorithmsTest {

    private static final String CLAIMS =
            "{\"iss\":\"https://id.example.org\",\"sub\":\"x\",\"exp\":4102444800}";
    private static final Set<String> PROHIBITED = Set.of("HS1", "RS1");

    /// A token without its signature, and what signs it.
    private interface Signer {
        byte[] sign(byte[] input) throws Exception;
    }

    private static String token(String alg, Signer signer) throws Exception {
        String input =
                Tokens.encode("{\"alg\":\"" + alg + "\",\"kid\":\"one\"}")
                        + "."
                        + Tokens.encode(CLAIMS);
        return input + "." + Tokens.encode(signer.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Signer nimbus(String alg, JWSSigner signer) {
        return input -> signer.sign(new JWSHeader(JWSAlgorithm.parse(alg)), input).decode();
    }

    private static Outcome check(String token, String jwks) throws Exception {
        var verifier =
                new TokenVerifier(
                        List.of(KeySource.of(JwkReader.read(jwks, "the set"))),
                        new Expectations(
                                Optional.empty(), Optional.empty(), Instant.EPOCH, Duration.ZERO));
        return verifier.verify(FoundTokens.the(token)).verification().outcome();
    }

    /// Good as it is; bad with another payload; gone with another name; with another key of the name, bad.
    private static void assertJudgedRightly(String alg, String token, String key, String otherKey)
            throws Exception {
        String[] parts = token.split("\\.");
        String other = Tokens.encode(CLAIMS.replace("\"x\"", "\"root\""));

        assertThat(check(token, set(key, "one"))).as(alg).isEqualTo(Outcome.VERIFIED);
        assertThat(check(parts[0] + "." + other + "." + parts[2], set(key, "one")))
                .isEqualTo(Outcome.BAD_SIGNATURE);
        assertThat(check(token, set(otherKey, "one"))).isEqualTo(Outcome.BAD_SIGNATURE);
        assertThat(check(token, set(otherKey, "two"))).isEqualTo(Outcome.KEY_GONE);
        assertThat(check(token, set(key, "two"))).isEqualTo(Outcome.VERIFIED);
    }

    private static String set(String key, String id) {
        return "{\"keys\":[" + key.replaceFirst("\\{", "{\"kid\":\"" + id + "\",") + "]}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void hmac(String alg) throws Exception {
        OctetSequenceKey key = new OctetSequenceKeyGenerator(512).generate();
        OctetSequenceKey other = new OctetSequenceKeyGenerator(512).generate();
        assertJudgedRightly(
                alg,
                token(alg, nimbus(alg, new MACSigner(key))),
                key.toJSONString(),
                other.toJSONString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void rsa(String alg) throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).generate();
        RSAKey other = new RSAKeyGenerator(2048).generate();
        assertJudgedRightly(
                alg,
                token(alg, nimbus(alg, new RSASSASigner(key))),
                key.toPublicJWK().toJSONString(),
                other.toPublicJWK().toJSONString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES256K", "ES384", "ES512"})
    void ecdsa(String alg) throws Exception {
        ECKeyGenerator generator =
                new ECKeyGenerator(
                        Curve.forJWSAlgorithm(JWSAlgorithm.parse(alg)).iterator().next());
        if (alg.equals("ES256K")) {
            generator.provider(BouncyCastle.PROVIDER);
        }
        ECKey key = generator.generate();
        ECKey other = generator.generate();
        var signer =
                alg.equals("ES256K")
                        ? new ECDSASigner(key.toECPrivateKey(BouncyCastle.PROVIDER))
                        : new ECDSASigner(key);
        if (alg.equals("ES256K")) {
            signer.getJCAContext().setProvider(BouncyCastle.PROVIDER);
        }
        assertJudgedRightly(
                alg,
                token(alg, nimbus(alg, signer)),
                key.toPublicJWK().toJSONString(),
                other.toPublicJWK().toJSONString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "Ed448"})
    void edwards(String curve) throws Exception {
        KeyPair key = KeyPairGenerator.getInstance(curve).generateKeyPair();
        KeyPair other = KeyPairGenerator.getInstance(curve).generateKeyPair();
        for (String alg : List.of("EdDSA", curve)) {
            assertJudgedRightly(alg, token(alg, jdk(key)), okp(curve, key), okp(curve, other));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ML-DSA-44", "ML-DSA-65", "ML-DSA-87"})
    void mlDsa(String alg) throws Exception {
        KeyPair key = KeyPairGenerator.getInstance(alg).generateKeyPair();
        KeyPair other = KeyPairGenerator.getInstance(alg).generateKeyPair();
        assertJudgedRightly(alg, token(alg, jdk(key)), akp(alg, key), akp(alg, other));
    }

    private static Signer jdk(KeyPair pair) {
        return input -> {
            Signature signature = Signature.getInstance(pair.getPrivate().getAlgorithm());
            signature.initSign(pair.getPrivate());
            signature.update(input);
            return signature.sign();
        };
    }

    private static String okp(String curve, KeyPair pair) {
        assertThat(pair.getPublic()).isInstanceOf(EdECPublicKey.class);
        int length = curve.equals("Ed25519") ? 32 : 57;
        return "{\"kty\":\"OKP\",\"crv\":\"%s\",\"x\":\"%s\"}".formatted(curve, last(pair, length));
    }

    private static String akp(String alg, KeyPair pair) {
        int length =
                switch (alg) {
                    case "ML-DSA-44" -> 1312;
                    case "ML-DSA-65" -> 1952;
                    default -> 2592;
                };
        return "{\"kty\":\"AKP\",\"alg\":\"%s\",\"pub\":\"%s\"}".formatted(alg, last(pair, length));
    }

    /// The bare key ends the SubjectPublicKeyInfo.
    private static String last(KeyPair pair, int length) {
        byte[] encoded = pair.getPublic().getEncoded();
        return Tokens.encode(Arrays.copyOfRange(encoded, encoded.length - length, encoded.length));
    }

    @Test
    void everyAlgorithmOfTheRulesIsKnownUnlessItIsProhibited() {
        Set<String> unknown = new HashSet<>();
        RuleSet.builtIn()
                .algorithms()
                .signatures()
                .forEach(signature -> {
                    if (!Signatures.isKnown(signature.alg())) {
                        unknown.add(signature.alg());
                    }
                });
        assertThat(unknown).isEqualTo(PROHIBITED);
    }

    @Test
    void thePublicKeyOfAnIssuerIsNoSecret() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).generate();
        String text = key.toPublicJWK().toJSONString();
        String forged =
                token(
                        "HS256",
                        nimbus("HS256", new MACSigner(text.getBytes(StandardCharsets.UTF_8))));

        assertThat(check(forged, set(text, "one"))).isNotEqualTo(Outcome.VERIFIED);
    }
}
