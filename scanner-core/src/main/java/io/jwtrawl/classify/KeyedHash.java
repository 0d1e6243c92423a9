package io.jwtrawl.classify;

import java.security.MessageDigest;

/// HMAC (RFC 2104) with one key after another over many texts: the key's part of the hash is worked out once, and no
/// security provider is loaded, which takes longer than a small scan. Used by one thread.
public final class KeyedHash {

    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private final MessageDigest fresh;
    private final byte[] pad;
    private MessageDigest inner;
    private MessageDigest outer;

    KeyedHash(HmacAlgorithm algorithm) {
        fresh = algorithm.digest();
        inner = algorithm.digest();
        outer = algorithm.digest();
        pad = new byte[algorithm.block()];
    }

    /// HMAC with SHA-256 and this key.
    public static KeyedHash sha256(byte[] key) {
        var hash = new KeyedHash(HmacAlgorithm.HS256);
        hash.key(key);
        return hash;
    }

    void key(byte[] secret) {
        byte[] key = secret.length > pad.length ? fresh.digest(secret) : secret;
        inner.reset();
        outer.reset();
        pad(key, INNER);
        inner.update(pad);
        pad(key, OUTER);
        outer.update(pad);
    }

    private void pad(byte[] key, byte with) {
        for (int i = 0; i < pad.length; i++) {
            pad[i] = i < key.length ? (byte) (key[i] ^ with) : with;
        }
    }

    /// The HMAC of `text`.
    public byte[] of(byte[] text) {
        try {
            MessageDigest first = (MessageDigest) inner.clone();
            MessageDigest second = (MessageDigest) outer.clone();
            second.update(first.digest(text));
            return second.digest();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("the JDK's hashes can be cloned", e);
        }
    }
}
