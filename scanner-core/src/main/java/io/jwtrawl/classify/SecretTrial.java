package io.jwtrawl.classify;

import io.jwtrawl.rules.SecretList;
import io.jwtrawl.source.NativeCode;
import java.util.EnumMap;
import java.util.Map;

/// Tries the secrets of a list on HMACs, stretch by stretch. A whole list takes the library that is compiled for this
/// machine (`native/hmac.c`) less than a millisecond; the JVM takes a hundred times as long before it has compiled its own
/// hash. Used by one thread.
final class SecretTrial {

    /// So many secrets are tried on one text before the next: what is worked out for each of them is kept for so many.
    /// No more than the library's own measure (`SHA2_SECRETS` in `native/sha2.h`).
    static final int STRETCH = 64;

    /// How many sets of instructions the library knows (`sha2_of_length` in `native/sha2.h`).
    static final int LEVELS = 3;

    private static final boolean NATIVE = NativeCode.isLoaded();

    private final SecretList secrets;
    private final int level;
    private final Map<HmacAlgorithm, Keyed> keyed = new EnumMap<>(HmacAlgorithm.class);
    private final Map<HmacAlgorithm, NativeKeyed> nativeKeyed = new EnumMap<>(HmacAlgorithm.class);

    SecretTrial(SecretList secrets) {
        this(secrets, LEVELS - 1);
    }

    /// @param level which of the processor's own instructions the library uses at most, below [#LEVELS]
    SecretTrial(SecretList secrets, int level) {
        this.secrets = secrets;
        this.level = level;
    }

    /// The first of the secrets `[from, to)` that signed `text`, or -1.
    int firstThatSigned(HmacText text, int from, int to) {
        return NATIVE ? inNativeCode(text, from, to) : inJava(text, from, to);
    }

    int inNativeCode(HmacText text, int from, int to) {
        HmacAlgorithm algorithm = text.algorithm();
        for (int start = from; start < to; start += STRETCH) {
            NativeKeyed known = nativeKeyed.get(algorithm);
            if (known == null || known.from != start) {
                known = new NativeKeyed(algorithm, start);
                nativeKeyed.put(algorithm, known);
            }
            int count = Math.min(to - start, known.count);
            int found = firstThatSigned(known.keyed, count, text.input(), text.signature(), level);
            if (found >= 0) {
                return start + found;
            }
        }
        return -1;
    }

    /// What the library works out for the secrets of a stretch, once for all texts.
    private final class NativeKeyed {
        private final int from;
        private final int count;
        private final byte[] keyed;

        NativeKeyed(HmacAlgorithm algorithm, int from) {
            this.from = from;
            count = Math.min(secrets.size() - from, STRETCH);
            keyed = keyed(secrets.bytes(), secrets.ends(), from, count, algorithm.bytes(), level);
        }
    }

    int inJava(HmacText text, int from, int to) {
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

    /// Secret `i` is `secrets[ends[i - 1], ends[i])`.
    ///
    /// @param digest the length of an HMAC in bytes, which tells the algorithm
    private static native byte[] keyed(
            byte[] secrets, int[] ends, int from, int count, int digest, int level);

    /// The length of the signature tells the algorithm.
    private static native int firstThatSigned(
            byte[] keyed, int count, byte[] input, byte[] signature, int level);
}
