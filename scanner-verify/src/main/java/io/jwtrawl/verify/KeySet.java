package io.jwtrawl.verify;

import java.util.ArrayList;
import java.util.List;

/// Keys to check tokens with.
///
/// @param authority what it means if none of them signed a token
public record KeySet(List<VerificationKey> keys, Authority authority) {

    /// Who says that these are the keys.
    public enum Authority {
        /// All keys that an issuer has: one that a token names and that is not among them is gone.
        WHOLE,
        /// Somebody says that one of these signed the token.
        CHOSEN,
        /// Nobody says so: one of these may have signed the token, or any other.
        CANDIDATE
    }

    public static final KeySet EMPTY = new KeySet(List.of(), Authority.CHOSEN);

    /// The keys of both, with the authority of this one.
    public KeySet and(KeySet other) {
        List<VerificationKey> all = new ArrayList<>(keys);
        all.addAll(other.keys);
        return new KeySet(List.copyOf(all), authority);
    }

    /// The same keys, of which nobody says that they are the right ones.
    public KeySet asCandidates() {
        return new KeySet(keys, Authority.CANDIDATE);
    }
}
