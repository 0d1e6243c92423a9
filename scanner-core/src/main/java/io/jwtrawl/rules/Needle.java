package io.jwtrawl.rules;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A short pattern of bytes whose presence is worth a closer look. All are derived from the rules by [NeedleCompiler].
///
/// @param kind what it announces
/// @param sets for each position the bytes that may stand there, each as a character below 256
/// @param pairs of the positions that leave 0, 1, 2 divided by [#STEP] the one where the two bytes from there on are
///     rarest, so that whoever looks at every third pair of a text meets one of the three
/// @param probe the bytes of it that are looked for where many can be compared at once
/// @param back how many bytes before the first position the announced text begins
/// @param target for [Kind#ENCODED] the index of the encoding
public record Needle(
        Kind kind, List<String> sets, List<Integer> pairs, Probe probe, int back, int target) {

    /// Of so many pairs of bytes one is looked at. No needle is shorter.
    public static final int STEP = 3;

    /// The [#BYTES] bytes from `offset` on, or what there is of them, which tell a needle from nearly everything else.
    ///
    /// @param bucket needles of one bucket are not told from one another, nor from mixtures of them
    public record Probe(int offset, int bucket) {
        public static final int BYTES = 4;
        public static final int BUCKETS = 8;
    }

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

    Needle with(Probe chosen) {
        return new Needle(kind, sets, pairs, chosen, back, target);
    }

    public int length() {
        return sets.size();
    }

    /// The pairs of bytes that may stand at `position`, the first byte in the low bits. Whatever follows the last
    /// position is anything.
    public Stream<Integer> pairsAt(int position) {
        IntStream second =
                position + 1 < sets.size()
                        ? sets.get(position + 1).chars()
                        : IntStream.rangeClosed(0, 0xff);
        return second.boxed()
                .flatMap(b -> sets.get(position).chars().mapToObj(a -> a | (b << Byte.SIZE)));
    }
}
