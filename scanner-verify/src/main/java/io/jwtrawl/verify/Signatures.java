package io.jwtrawl.verify;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.security.AsymmetricKey;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/// Checks one signature with one key, for every registered algorithm but the prohibited ones, and for those of
/// NATS.
///
/// Nimbus checks RSA and ECDSA. HMAC, EdDSA and ML-DSA are the JDK's: Nimbus refuses short secrets, which are just the
/// ones that leak, wants another library for Ed25519, and knows no ML-DSA.
final class Signatures {

    private Signatures() {}

    /// Whether a key of this kind can check signatures of this algorithm at all.
    static boolean fits(String alg, Key key) {
        return switch (alg) {
            case "HS256", "HS384", "HS512" -> key instanceof SecretKey;
            case "RS256", "RS384", "RS512", "PS256", "PS384", "PS512" ->
                    key instanceof RSAPublicKey;
            case "ES256", "ES384", "ES512", "ES256K" ->
                    key instanceof ECPublicKey ec && onCurve(ec, alg);
            case "EdDSA" -> parameterOf(key).filter(name -> name.startsWith("Ed")).isPresent();
            case "Ed25519", "Ed448", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87" ->
                    parameterOf(key).filter(alg::equals).isPresent();
            default ->
                    NatsKeys.signs(alg) && parameterOf(key).filter("Ed25519"::equals).isPresent();
        };
    }

    /// Whether the algorithm is one that [#isGood] knows.
    static boolean isKnown(String alg) {
        return switch (alg) {
            case "HS256", "HS384", "HS512" -> true;
            case "RS256", "RS384", "RS512", "PS256", "PS384", "PS512" -> true;
            case "ES256", "ES384", "ES512", "ES256K" -> true;
            case "EdDSA", "Ed25519", "Ed448", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87" -> true;
            default -> NatsKeys.signs(alg);
        };
    }

    /// @param key one that fits
    static boolean isGood(String alg, Key key, byte[] input, byte[] signature) {
        try {
            return switch (key) {
                case SecretKey secret -> MessageDigest.isEqual(hmac(alg, secret, input), signature);
                case RSAPublicKey rsa -> nimbus(alg, new RSASSAVerifier(rsa), input, signature);
                case ECPublicKey ec -> nimbus(alg, ecdsa(alg, ec), input, signature);
                case PublicKey other -> jdk(other, input, signature);
                default -> false;
            };
        } catch (JOSEException | GeneralSecurityException e) {
            // Of the wrong length or form, or a key too small for what it should have signed.
            return false;
        }
    }

    private static byte[] hmac(String alg, SecretKey key, byte[] input)
            throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA" + alg.substring(2));
        mac.init(key);
        return mac.doFinal(input);
    }

    private static JWSVerifier ecdsa(String alg, ECPublicKey key) throws JOSEException {
        var verifier = new ECDSAVerifier(key);
        if (alg.equals("ES256K")) {
            verifier.getJCAContext().setProvider(BouncyCastle.PROVIDER);
        }
        return verifier;
    }

    private static boolean nimbus(String alg, JWSVerifier verifier, byte[] input, byte[] signature)
            throws JOSEException {
        // Of the token's header only the algorithm: what else it says is for ClaimRules to judge.
        return verifier.verify(
                new JWSHeader(JWSAlgorithm.parse(alg)), input, Base64URL.encode(signature));
    }

    private static boolean jdk(PublicKey key, byte[] input, byte[] signature)
            throws GeneralSecurityException {
        Signature check = Signature.getInstance(key.getAlgorithm());
        check.initVerify(key);
        check.update(input);
        return check.verify(signature);
    }

    private static boolean onCurve(ECPublicKey key, String alg) {
        try {
            return new ECDSAVerifier(key)
                    .supportedJWSAlgorithms()
                    .contains(JWSAlgorithm.parse(alg));
        } catch (JOSEException e) {
            return false; // a curve that JOSE does not know
        }
    }

    private static Optional<String> parameterOf(Key key) {
        return key instanceof AsymmetricKey asymmetric
                        && asymmetric.getParams() instanceof NamedParameterSpec named
                ? Optional.of(named.getName())
                : Optional.empty();
    }
}
