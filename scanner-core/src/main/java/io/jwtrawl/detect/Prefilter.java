package io.jwtrawl.detect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/// Finds the places where a token might begin, by skipping what cannot be one.
///
/// Horspool's algorithm for a set of anchors: look at the byte where the shortest anchor would end, and move on by as
/// much as that byte allows. With the single anchor `eyJ` that reads one byte in three.
final class Prefilter {

    private final byte[][] anchors;
    private final int shortest;

    /// For each byte, how far the window may move if its last byte is that one; 0 where an anchor may end there.
    private final byte[] skip;

    private Prefilter(byte[][] anchors, int shortest, byte[] skip) {
        this.anchors = anchors;
        this.shortest = shortest;
        this.skip = skip;
    }

    /// @param anchors ASCII texts, at most 127 bytes each
    static Prefilter of(Collection<String> anchors) {
        byte[][] bytes =
                anchors.stream()
                        .distinct()
                        .map(anchor -> anchor.getBytes(StandardCharsets.US_ASCII))
                        .toArray(byte[][]::new);
        int shortest = Arrays.stream(bytes).mapToInt(anchor -> anchor.length).min().orElse(1);
        byte[] skip = new byte[256];
        Arrays.fill(skip, (byte) shortest);
        for (byte[] anchor : bytes) {
            for (int i = 0; i < shortest; i++) {
                int slot = anchor[i] & 0xff;
                skip[slot] = (byte) Math.min(skip[slot], shortest - 1 - i);
            }
        }
        return new Prefilter(bytes, shortest, skip);
    }

    /// The length of the longest anchor, in bytes.
    int longestAnchor() {
        return Arrays.stream(anchors).mapToInt(anchor -> anchor.length).max().orElse(0);
    }

    /// The first offset in `[from, to)` at which an anchor stands whole, or -1.
    int next(byte[] bytes, int from, int to) {
        int last = from + shortest - 1;
        while (last < to) {
            int move = skip[bytes[last] & 0xff];
            if (move != 0) {
                last += move;
                continue;
            }
            int start = last - shortest + 1;
            for (byte[] anchor : anchors) {
                if (start + anchor.length <= to
                        && Arrays.equals(
                                bytes, start, start + anchor.length, anchor, 0, anchor.length)) {
                    return start;
                }
            }
            last++;
        }
        return -1;
    }
}
