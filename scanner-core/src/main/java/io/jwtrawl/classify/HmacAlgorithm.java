package io.jwtrawl.classify;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/// The HMAC algorithms of RFC 7518, section 3.2.
enum HmacAlgorithm {
    HS256("SHA-256", 64, 32),
    HS384("SHA-384", 128, 48),
    HS512("SHA-512", 128, 64);

    private final String hash;
    private final int block;
    private final int bytes;

    HmacAlgorithm(String hash, int block, int bytes) {
        this.hash = hash;
        this.block = block;
        this.bytes = bytes;
    }

    static Optional<HmacAlgorithm> named(String alg) {
        for (HmacAlgorithm algorithm : values()) {
            if (algorithm.name().equals(alg)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /// The length of a block of the hash.
    int block() {
        return block;
    }

    /// The length of an HMAC.
    int bytes() {
        return bytes;
    }

    MessageDigest digest() {
        try {
            return MessageDigest.getInstance(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("the JDK has " + hash, e);
        }
    }
}
