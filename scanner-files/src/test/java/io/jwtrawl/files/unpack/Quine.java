package io.jwtrawl.files.unpack;

import java.io.ByteArrayOutputStream;

/// A gzip file that expands to itself, made of the two instructions of deflate: take what follows, and repeat what came out
/// last (R. Cox, "Zip Files All The Way Down"). Each takes five bytes, so that units of five can be counted.
///
/// Its checksum is wrong: nothing here looks at it.
final class Quine {

    /// A member's header with the name `r.gz`.
    private static final byte[] BEGIN = {
        0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, (byte) 0xff, 'r', '.', 'g', 'z', 0
    };

    /// The last, empty block, the checksum and the length, and padding.
    private static final byte[] END = {1, 0, 0, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    /// Repeats the last twenty bytes: by the fixed codes of deflate, twice ten bytes from twenty back.
    private static final byte[] REPEAT = repeat();

    private Quine() {}

    static byte[] gzip() {
        byte[] take1 = take(1);
        byte[] take4 = take(4);
        return join(
                BEGIN, take4, BEGIN, take4, REPEAT, take1, REPEAT, take1, take1, take4, REPEAT,
                take1, take1, take4, REPEAT, take4, REPEAT, take4, REPEAT, take4, REPEAT, take4,
                REPEAT, END, REPEAT, END);
    }

    /// A stored block of so many units.
    private static byte[] take(int units) {
        int length = 5 * units;
        return new byte[] {0, (byte) length, 0, (byte) ~length, -1};
    }

    private static byte[] repeat() {
        String length10 = "0001000"; // symbol 264, most significant bit first
        String distance20 =
                "01000" + "110"; // symbol 8, and 3 more than its least, 17, from the lowest bit
        String bits = "0" + "10" + (length10 + distance20).repeat(2) + "0000000";
        byte[] bytes = new byte[5];
        for (int i = 0; i < bits.length(); i++) {
            bytes[i / 8] |= (byte) ((bits.charAt(i) - '0') << (i % 8));
        }
        return bytes;
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
