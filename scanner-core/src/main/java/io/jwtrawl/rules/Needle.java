package io.jwtrawl.rules;

import java.util.List;

/// A short pattern of bytes whose presence is worth a closer look. All are derived from the rules by [NeedleCompiler].
///
/// @param kind what it announces
/// @param sets for each position the bytes that may stand there, each as a character below 256
/// @param rare the position whose bytes are rarest, to look for first; always exactly one byte
/// @param back how many bytes before the first position the announced text begins
/// @param target for [Kind#ENCODED] the index of the encoding
public record Needle(Kind kind, List<String> sets, int rare, int back, int target) {

    /// What a needle announces.
    public enum Kind {
        /// A token begins here.
        TOKEN,
        /// A vendor's prefix of a token begins here.
        PREFIX,
        /// A token's payload begins here.
        INNER,
        /// A token begins here, each character written as its number.
        ESCAPED,
        /// A token, encoded.
        ENCODED
    }

    public int length() {
        return sets.size();
    }
}
