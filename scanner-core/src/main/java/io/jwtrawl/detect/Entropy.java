package io.jwtrawl.detect;

/// Shannon entropy, to tell random text from placeholders.
public final class Entropy {

    private Entropy() {}

    /// The entropy of `bytes[from, to)`, in bits per byte; 0 if there are none.
    public static double of(byte[] bytes, int from, int to) {
        int[] counts = new int[256];
        for (int i = from; i < to; i++) {
            counts[bytes[i] & 0xff]++;
        }
        double length = to - from;
        double entropy = 0;
        for (int count : counts) {
            if (count > 0) {
                entropy -= count / length * Math.log(count / length) / Math.log(2);
            }
        }
        return entropy;
    }
}
