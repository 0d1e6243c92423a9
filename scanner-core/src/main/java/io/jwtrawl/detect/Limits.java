package io.jwtrawl.detect;

import io.jwtrawl.rules.Encoding;

/// What bounds the search in one blob.
///
/// @param tokenBytes the longest token that is looked for
/// @param depth how many encodings inside one another are undone
/// @param expandedBytes how much the encodings of one blob may decode to
/// @param encodings which are undone
public record Limits(int tokenBytes, int depth, long expandedBytes, Encodings encodings) {

    public static final Limits DEFAULT = new Limits(1024 * 1024, 5, 1L << 30, Encodings.USUAL);

    /// Which encodings are undone.
    public enum Encodings {
        /// None: only tokens as they are.
        NONE,
        /// Those that are no opt-in.
        USUAL,
        ALL;

        boolean include(Encoding encoding) {
            return this == ALL || (this == USUAL && !encoding.optIn());
        }
    }

    /// So many wrong beginnings inside one header are looked at; each may cost the decoding of all that follows.
    int falseStarts() {
        return 16;
    }

    /// So many beginnings inside a stretch that was read through gaps are themselves read on from.
    int mendings() {
        return 4;
    }

    /// So much encoded text behind a needle is decoded at first, and more only while a token goes on.
    int decodedAtOnce() {
        return 64 * 1024;
    }
}
