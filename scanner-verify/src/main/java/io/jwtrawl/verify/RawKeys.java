package io.jwtrawl.verify;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/// Makes keys of the JDK from the bare bytes that a JSON Web Key holds, by putting the SubjectPublicKeyInfo of RFC 8410
/// and RFC 9881 around them.
final class RawKeys {

    private static final int BIT_STRING = 0x03;
    private static final int SEQUENCE = 0x30;

    private RawKeys() {}

    /// @param curve Ed25519 or Ed448 (RFC 8037)
    static PublicKey edwards(String curve, byte[] key) throws GeneralSecurityException {
        return switch (curve) {
            case "Ed25519" -> publicKey(curve, "06032b6570", key);
            case "Ed448" -> publicKey(curve, "06032b6571", key);
            default -> throw new InvalidKeySpecException("no curve for signatures");
        };
    }

    /// @param alg ML-DSA-44, -65 or -87 (RFC 9964)
    /// @param key in base64url
    static PublicKey mlDsa(String alg, String key) throws GeneralSecurityException {
        byte[] bytes = Base64.getUrlDecoder().decode(key);
        return switch (alg) {
            case "ML-DSA-44" -> mlDsa("0609608648016503040311", bytes, 1312);
            case "ML-DSA-65" -> mlDsa("0609608648016503040312", bytes, 1952);
            case "ML-DSA-87" -> mlDsa("0609608648016503040313", bytes, 2592);
            default -> throw new InvalidKeySpecException("no algorithm for signatures");
        };
    }

    /// @param length as FIPS 204, table 2, has it; the JDK finds out only when it checks a signature
    private static PublicKey mlDsa(String id, byte[] key, int length)
            throws GeneralSecurityException {
        if (key.length != length) {
            throw new InvalidKeySpecException("of the wrong length");
        }
        return publicKey("ML-DSA", id, key);
    }

    private static PublicKey publicKey(String algorithm, String id, byte[] key)
            throws GeneralSecurityException {
        var bits = new ByteArrayOutputStream();
        bits.write(0); // no unused bits in the last byte
        bits.writeBytes(key);
        var info = new ByteArrayOutputStream();
        info.writeBytes(der(SEQUENCE, HexFormat.of().parseHex(id)));
        info.writeBytes(der(BIT_STRING, bits.toByteArray()));
        return KeyFactory.getInstance(algorithm)
                .generatePublic(new X509EncodedKeySpec(der(SEQUENCE, info.toByteArray())));
    }

    private static byte[] der(int tag, byte[] content) {
        var out = new ByteArrayOutputStream(content.length + 4);
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
