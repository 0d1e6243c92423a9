package io.jwtrawl.detect;

import io.jwtrawl.rules.Encoding;
import io.jwtrawl.rules.RuleSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What undoing each encoding of a mebibyte costs.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecoderBenchmark {

    private final Decoder hexDecoder = new HexDecoder();
    private final Decoder utf16Decoder = new WideDecoder(2);
    private final RuleSet rules = RuleSet.builtIn();
    private final Decoder base64Decoder = Decoders.of(Encoding.Kind.BASE64, rules);
    private final Mender mender = new Mender(rules.detection(), rules.encodings());
    private final Decoding decoding = new Decoding();
    private byte[] base64 = {};
    private byte[] hex = {};
    private byte[] wide = {};
    private byte[] wrapped = {};

    @Setup
    public void read() {
        base64 = BenchmarkText.BASE64.bytes();
        hex = BenchmarkText.HEX_TOKENS.bytes();
        wide = BenchmarkText.WIDE_TOKENS.bytes();
        wrapped = BenchmarkText.WRAPPED_TOKENS.bytes();
    }

    @Benchmark
    public int base64() {
        return decoded(base64Decoder, base64);
    }

    @Benchmark
    public int hex() {
        return decoded(hexDecoder, hex);
    }

    @Benchmark
    public int utf16() {
        return decoded(utf16Decoder, wide);
    }

    /// Every wrapped token, read through the ends of its lines.
    @Benchmark
    public int gaps() {
        int read = 0;
        int position = 0;
        mender.reset();
        while (position < wrapped.length) {
            mender.read(wrapped, position, wrapped.length, true, true, false, wrapped.length);
            read += mender.end() - mender.begin();
            position = Math.max(position + 1, mender.stop());
        }
        return read;
    }

    private int decoded(Decoder decoder, byte[] bytes) {
        int length = 0;
        int position = 0;
        while (position < bytes.length) {
            var span = new Decoder.Span(bytes, position, bytes.length, bytes.length, true);
            boolean decodes = decoder.decode(span, position, position, decoding);
            length += decodes ? decoding.length() : 0;
            position = decodes ? Math.max(position + 1, decoding.end()) : position + 1;
        }
        return length;
    }
}
