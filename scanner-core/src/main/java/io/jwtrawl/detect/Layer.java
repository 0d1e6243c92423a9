package io.jwtrawl.detect;

import java.util.Optional;

/// Bytes in which tokens are looked for: a window of a blob, or what a part of another layer decodes to.
public final class Layer {

    private final byte[] bytes;
    private final Optional<Carrier> carrier;

    private Layer(byte[] bytes, Optional<Carrier> carrier) {
        this.bytes = bytes;
        this.carrier = carrier;
    }

    /// What a decoded layer was decoded from.
    ///
    /// @param encoding the id of the encoding that was undone
    /// @param start where in the bytes of `layer` the encoded text begins
    /// @param end where it ends
    /// @param unit how many bytes of it stand for each that they decode to, or 0 if only the whole has a place
    public record Carrier(Layer layer, String encoding, int start, int end, int unit) {

        /// Where in the bytes of `layer` what decodes to the byte at `index` begins, as exactly as can be told.
        public int position(int index) {
            return start + unit * index;
        }
    }

    public static Layer of(byte[] bytes) {
        return new Layer(bytes, Optional.empty());
    }

    public static Layer decoded(byte[] bytes, Layer from, String encoding, int start, int end) {
        return decoded(bytes, from, encoding, start, end, 0);
    }

    /// The same, where `unit` bytes of the carrier stand for each byte.
    static Layer decoded(byte[] bytes, Layer from, String encoding, int start, int end, int unit) {
        return new Layer(bytes, Optional.of(new Carrier(from, encoding, start, end, unit)));
    }

    /// Valid until the search goes on.
    public byte[] bytes() {
        return bytes;
    }

    public Optional<Carrier> carrier() {
        return carrier;
    }

    /// How many decodings deep this is; 0 for a blob.
    public int depth() {
        return carrier.map(from -> from.layer().depth() + 1).orElse(0);
    }
}
