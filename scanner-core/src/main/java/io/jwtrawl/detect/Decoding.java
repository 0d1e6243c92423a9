package io.jwtrawl.detect;

import java.util.Arrays;

/// What a [Decoder] made of a stretch of bytes. Reused from one to the next.
final class Decoding {

    private byte[] bytes = new byte[4096];

    /// For each decoded byte, where in the carrier its encoding begins.
    private int[] origins = new int[4096];

    private int length;
    private int start;
    private int end;
    private Rest rest = Rest.NONE;

    /// Whether the encoded text goes on behind what was decoded.
    enum Rest {
        NONE,
        /// It does, and the bytes are there.
        AT_HAND,
        /// Perhaps; the bytes end here, the input does not.
        TO_BE_READ
    }

    void begin(int carrierStart) {
        length = 0;
        start = carrierStart;
        end = carrierStart;
        rest = Rest.NONE;
    }

    void add(int b, int origin) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
            origins = Arrays.copyOf(origins, 2 * length);
        }
        bytes[length] = (byte) b;
        origins[length] = origin;
        length++;
    }

    /// Adds the three bytes in the low bits of `group`.
    void addThree(int group, int origin) {
        int at = length;
        if (at + 3 > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
            origins = Arrays.copyOf(origins, 2 * origins.length);
        }
        bytes[at] = (byte) (group >> 16);
        bytes[at + 1] = (byte) (group >> 8);
        bytes[at + 2] = (byte) group;
        origins[at] = origin;
        origins[at + 1] = origin;
        origins[at + 2] = origin;
        length = at + 3;
    }

    /// The encoded text ends, or decoding stopped, at `carrierEnd`.
    void finish(int carrierEnd, Rest what) {
        end = carrierEnd;
        rest = what;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /// Where in the carrier the encoded text begins.
    int start() {
        return start;
    }

    int end() {
        return end;
    }

    Rest rest() {
        return rest;
    }

    /// Whether the encoding of some byte begins at `position` of the carrier.
    boolean beginsAnyAt(int position) {
        return Arrays.binarySearch(origins, 0, length, position) >= 0;
    }

    /// Where in the carrier the encoding of the byte at `index` begins.
    int origin(int index) {
        return index < length ? origins[index] : end;
    }
}
