package io.jwtrawl.verify;

import java.util.ArrayList;
import java.util.List;

/// Keys to check tokens with.
///
/// @param whole whether these are all keys of an issuer, so that a key that is not among them is gone
public record KeySet(List<VerificationKey> keys, boolean whole) {

    public static final KeySet EMPTY = new KeySet(List.of(), false);

    /// The keys of both. What is added to a whole set makes it no less whole.
    public KeySet and(KeySet other) {
        List<VerificationKey> all = new ArrayList<>(keys);
        all.addAll(other.keys);
        return new KeySet(List.copyOf(all), whole || other.whole);
    }
}
