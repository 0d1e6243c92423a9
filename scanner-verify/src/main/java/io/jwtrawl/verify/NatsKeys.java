package io.jwtrawl.verify;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;

/// Reads the public keys of NATS (nkeys): in base32, a byte for whose it is, an Ed25519 key, and a CRC-16/XMODEM of both
/// with its low byte first. A NATS JWT names the one that signed it as its issuer.
///
/// Source: <https://github.com/nats-io/nkeys>, <https://github.com/nats-io/jwt>
final class NatsKeys {

    /// Operator, account, server, cluster, user, curve.
    private static final String OWNERS = "OANCUX";

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int CHARACTERS = 56;
    private static final int BYTES = 35;
    private static final int CRC_AT = BYTES - 2;
    private static final int POLYNOMIAL = 0x1021;

    private NatsKeys() {}

    /// Whether `alg` is one that NATS signs with, and nobody else.
    static boolean signs(String alg) {
        return alg.equals("ed25519-nkey") || signsPayloadOnly(alg);
    }

    /// The algorithm of the first version, which left the header out.
    static boolean signsPayloadOnly(String alg) {
        return alg.equals("ed25519");
    }

    /// The key that `text` is, if it is one.
    ///
    /// @param name what messages call it
    static Optional<VerificationKey> read(String text, String name) {
        if (text.length() != CHARACTERS || OWNERS.indexOf(text.charAt(0)) < 0) {
            return Optional.empty();
        }
        var bytes = new byte[BYTES];
        int bits = 0;
        int count = 0;
        int length = 0;
        for (int i = 0; i < CHARACTERS; i++) {
            int digit = BASE32.indexOf(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            bits = bits << 5 | digit;
            count += 5;
            if (count >= 8) {
                count -= 8;
                bytes[length++] = (byte) (bits >>> count);
            }
        }
        int crc = (bytes[CRC_AT] & 0xff) | (bytes[CRC_AT + 1] & 0xff) << 8;
        if (crc != crc(bytes)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new VerificationKey(
                            name,
                            Optional.of(text),
                            Optional.empty(),
                            RawKeys.edwards("Ed25519", Arrays.copyOfRange(bytes, 1, CRC_AT))));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static int crc(byte[] bytes) {
        int crc = 0;
        for (int i = 0; i < CRC_AT; i++) {
            crc ^= (bytes[i] & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
            }
        }
        return crc & 0xffff;
    }
}
