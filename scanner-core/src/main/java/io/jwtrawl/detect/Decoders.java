package io.jwtrawl.detect;

import io.jwtrawl.rules.Encoding;
import io.jwtrawl.rules.RuleSet;

/// The decoder for each kind of encoding.
final class Decoders {

    private Decoders() {}

    static Decoder of(Encoding.Kind kind, RuleSet rules) {
        return switch (kind) {
            case BASE64 ->
                    new Base64Decoder(
                            () -> new Interruptions(rules.detection(), rules.encodings()));
            case HEX -> new HexDecoder();
            case UTF_16 -> new WideDecoder(2);
            case UTF_32 -> new WideDecoder(4);
            case GZIP -> new GzipDecoder();
            case ROT13 -> new RunDecoder(false);
            case REVERSED -> new RunDecoder(true);
            case JSON_STRING -> new JsonStringDecoder();
            case GAPS ->
                    (in, needle, begin, out) -> {
                        throw new IllegalStateException("gaps are mended, not decoded");
                    };
        };
    }
}
