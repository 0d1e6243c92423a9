package io.jwtrawl.verify;

import java.security.Key;
import java.util.Optional;

/// A key that may have signed a token.
///
/// @param name what messages call it; never a token's words
/// @param id its `kid`, if it has one
/// @param algorithm the only `alg` that it is meant for, if it says so
/// @param key a public key, or the secret of an HMAC
public record VerificationKey(
        String name, Optional<String> id, Optional<String> algorithm, Key key) {

    /// Without the key: a secret must not be printed by accident.
    @Override
    public String toString() {
        return "VerificationKey[" + name + "]";
    }
}
