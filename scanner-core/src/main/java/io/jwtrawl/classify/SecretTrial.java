package io.jwtrawl.classify;

import io.jwtrawl.rules.SecretList;
import io.jwtrawl.source.NativeCode;
import java.util.EnumMap;
import java.util.Map;

/// Tries the secrets of a list on HMACs, stretch by stretch. A whole list takes the library that is compiled for this
/// machine (`native/hmac.c`) about a millisecond; the JVM takes fifty times as long before it has compiled its own hash.
/// Used by one thread.
final class SecretTrial {

    /// So many secrets are tried on one text before the next: what is worked out for each of them is kept for so many.
    static final int STRETCH = 64;

    private static final boolean NATIVE = NativeCode.isLoaded();

    private final SecretList secrets;

    private final Map<HmacAlgorithm, Keyed> keyed = new EnumMap<>(HmacAlgorithm.class);

    SecretTrial(SecretList secrets) {
        this.secrets = secrets;
    }

    /// The first of the secrets `[from, to)` that signed `text`, or -1.
    int firstThatSigned(SignedText text, int from, int to) {
        return NATIVE ? inNativeCode(text, from, to, false) : inJava(text, from, to);
    }

    /// @param plain without the processor's own instructions for hashing
    int inNativeCode(SignedText text, int from, int to, boolean plain) {
        return firstThatSigned(
                secrets.bytes(), secrets.ends(), from, to, text.input(), text.signature(), plain);
    }

    int inJava(SignedText text, int from, int to) {
        Keyed hashes = keyed.computeIfAbsent(text.algorithm(), Keyed::new);
        for (int i = from; i < to; i++) {
            if (text.isSignedBy(hashes.with(i))) {
                return i;
            }
        }
        return -1;
    }

    /// Hashes that are keyed with the secrets of a stretch: each is keyed once for all texts.
    private final class Keyed {
        private final KeyedHash[] hashes = new KeyedHash[STRETCH];
        private final int[] keys = new int[STRETCH];

        Keyed(HmacAlgorithm algorithm) {
            for (int i = 0; i < STRETCH; i++) {
                hashes[i] = new KeyedHash(algorithm);
                keys[i] = -1;
            }
        }

        KeyedHash with(int secret) {
            int slot = secret % STRETCH;
            if (keys[slot] != secret) {
                keys[slot] = secret;
                hashes[slot].key(secrets.get(secret));
            }
            return hashes[slot];
        }
    }

    /// Secret `i` is `secrets[ends[i - 1], ends[i])`; the length of the signature tells the algorithm.
    private static native int firstThatSigned(
            byte[] secrets,
            int[] ends,
            int from,
            int to,
            byte[] input,
            byte[] signature,
            boolean plain);
}
