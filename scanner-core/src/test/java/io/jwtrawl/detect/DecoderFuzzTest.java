package io.jwtrawl.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jwtrawl.rules.Encoding;
import io.jwtrawl.rules.RuleSet;

class DecoderFuzzTest {

    private static final RuleSet RULES = RuleSet.builtIn();
    private static final int NEEDLES = 24;

    @FuzzTest(maxDuration = "5m")
    void base64NeverMakesMoreOfIt(byte[] bytes) {
        decode(Encoding.Kind.BASE64, bytes, bytes.length);
    }

    @FuzzTest(maxDuration = "5m")
    void hexadecimalNeverMakesMoreOfIt(byte[] bytes) {
        decode(Encoding.Kind.HEX, bytes, bytes.length);
    }

    @FuzzTest(maxDuration = "5m")
    void wideTextNeverMakesMoreOfIt(byte[] bytes) {
        decode(Encoding.Kind.UTF_16, bytes, bytes.length);
        decode(Encoding.Kind.UTF_32, bytes, bytes.length);
    }

    @FuzzTest(maxDuration = "5m")
    void gzipIsBounded(byte[] bytes) {
        decode(Encoding.Kind.GZIP, bytes, GzipDecoder.MAX_EXPANDED + 8192);
    }

    @FuzzTest(maxDuration = "5m")
    void runsNeverBecomeLonger(byte[] bytes) {
        decode(Encoding.Kind.ROT13, bytes, bytes.length);
        decode(Encoding.Kind.REVERSED, bytes, bytes.length);
    }

    @FuzzTest(maxDuration = "5m")
    void jsonStringsNeverBecomeLonger(byte[] bytes) {
        decode(Encoding.Kind.JSON_STRING, bytes, bytes.length);
    }

    /// Decodes at each of the first places, with all of the bytes at hand and with half of them.
    private static void decode(Encoding.Kind kind, byte[] bytes, int longest) {
        Decoder decoder = Decoders.of(kind, RULES);
        var out = new Decoding();
        int needles = kind == Encoding.Kind.GZIP ? 1 : NEEDLES;
        for (int needle = 0; needle < Math.min(bytes.length, needles); needle++) {
            for (int limit : new int[] {bytes.length, bytes.length / 2 + 1}) {
                for (int begin = needle; begin >= Math.max(0, needle - 2); begin--) {
                    boolean last = (needle & 1) == 0;
                    var in = new Decoder.Span(bytes, needle / 2, bytes.length, limit, last);
                    if (begin >= in.from() && decoder.decode(in, needle, begin, out)) {
                        check(out, bytes.length, longest);
                    }
                }
            }
        }
    }

    private static void check(Decoding out, int length, int longest) {
        assertThat(out.length()).isLessThanOrEqualTo(longest);
        assertThat(out.start()).isBetween(0, length);
        assertThat(out.end()).isBetween(0, length);
        for (int i = 0; i <= out.length(); i++) {
            if (out.origin(i) < 0 || out.origin(i) > length) {
                throw new AssertionError("byte " + i + " comes from " + out.origin(i));
            }
        }
    }
}
