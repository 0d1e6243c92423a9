package io.jwtrawl.verify;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed448PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/// Reads keys in PEM (RFC 7468, and the older forms of OpenSSL). Of a private key its public one is kept.
final class PemReader {

    private PemReader() {}

    /// @param name what messages call the file
    static KeySet read(String pem, String name) throws KeyFormatException {
        List<VerificationKey> keys = new ArrayList<>();
        try (var parser = new PEMParser(new StringReader(pem))) {
            for (Object read = parser.readObject(); read != null; read = parser.readObject()) {
                Optional<SubjectPublicKeyInfo> info = publicKeyOf(read);
                if (info.isPresent()) {
                    String called =
                            keys.isEmpty() ? name : "key " + (keys.size() + 1) + " of " + name;
                    keys.add(
                            new VerificationKey(
                                    called,
                                    Optional.empty(),
                                    Optional.empty(),
                                    publicKey(info.get())));
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // The parser throws what it likes at broken input.
            throw new KeyFormatException("holds a key in PEM that cannot be read", e);
        }
        if (keys.isEmpty()) {
            throw new KeyFormatException("holds PEM, but no key");
        }
        return new KeySet(List.copyOf(keys), KeySet.Authority.CHOSEN);
    }

    private static Optional<SubjectPublicKeyInfo> publicKeyOf(Object read)
            throws IOException, KeyFormatException {
        return switch (read) {
            case SubjectPublicKeyInfo info -> Optional.of(info);
            case X509CertificateHolder certificate ->
                    Optional.of(certificate.getSubjectPublicKeyInfo());
            case PEMKeyPair pair when pair.getPublicKeyInfo() != null ->
                    Optional.of(pair.getPublicKeyInfo());
            case PEMKeyPair pair -> Optional.of(publicKeyOf(pair.getPrivateKeyInfo()));
            case PrivateKeyInfo info -> Optional.of(publicKeyOf(info));
            case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ ->
                    throw new KeyFormatException(
                            "holds a private key that is encrypted: give its public key");
            default -> Optional.empty(); // such as the parameters of a curve
        };
    }

    private static SubjectPublicKeyInfo publicKeyOf(PrivateKeyInfo info)
            throws IOException, KeyFormatException {
        AsymmetricKeyParameter publicKey =
                switch (PrivateKeyFactory.createKey(info)) {
                    case RSAPrivateCrtKeyParameters rsa ->
                            new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent());
                    case ECPrivateKeyParameters ec -> publicKeyOf(ec.getParameters(), ec.getD());
                    case Ed25519PrivateKeyParameters edwards -> edwards.generatePublicKey();
                    case Ed448PrivateKeyParameters edwards -> edwards.generatePublicKey();
                    default ->
                            throw new KeyFormatException(
                                    "holds a private key of a kind whose public key must be given");
                };
        return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey);
    }

    private static ECPublicKeyParameters publicKeyOf(ECDomainParameters curve, BigInteger secret) {
        return new ECPublicKeyParameters(
                new FixedPointCombMultiplier().multiply(curve.getG(), secret).normalize(), curve);
    }

    private static PublicKey publicKey(SubjectPublicKeyInfo info)
            throws IOException, GeneralSecurityException {
        var encoded = new X509EncodedKeySpec(info.getEncoded());
        GeneralSecurityException last = new GeneralSecurityException("no such algorithm");
        for (String algorithm : List.of("RSA", "RSASSA-PSS", "EC", "EdDSA", "ML-DSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(encoded);
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        try {
            return KeyFactory.getInstance("EC", BouncyCastle.PROVIDER).generatePublic(encoded);
        } catch (GeneralSecurityException e) {
            last.addSuppressed(e);
            throw last;
        }
    }
}
