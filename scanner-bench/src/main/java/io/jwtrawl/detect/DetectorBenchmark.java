package io.jwtrawl.detect;

import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.token.TokenReader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What finding all tokens in a mebibyte costs, each judged and none kept: plain ones only, and in all usual disguises.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DetectorBenchmark {

    @Param({
        "SOURCE",
        "LOG",
        "BASE64",
        "TOKENS",
        "ENCODED_TOKENS",
        "HEX_TOKENS",
        "WIDE_TOKENS",
        "WRAPPED_TOKENS"
    })
    public String text = "";

    private final RuleSet rules = RuleSet.builtIn();
    private final Detector plain = detector(Limits.Encodings.NONE);
    private final Detector usual = detector(Limits.Encodings.USUAL);
    private byte[] bytes = {};

    private Detector detector(Limits.Encodings encodings) {
        Limits limits = Limits.DEFAULT;
        return new Detector(
                rules,
                new Limits(limits.tokenBytes(), limits.depth(), limits.expandedBytes(), encodings));
    }

    @Setup
    public void read() {
        bytes = BenchmarkText.valueOf(text).bytes();
    }

    @Benchmark
    public int plain() {
        return taken(plain);
    }

    @Benchmark
    public int disguised() {
        return taken(usual);
    }

    private int taken(Detector detector) {
        var counter = new Counter(new TokenReader(rules.algorithms()));
        detector.begin();
        detector.search(Layer.of(bytes), 0, 0, bytes.length, true, true, counter);
        return counter.taken;
    }

    private static final class Counter implements CandidateSink {
        private final TokenReader reader;
        private int taken;

        Counter(TokenReader reader) {
            this.reader = reader;
        }

        @Override
        public Verdict judge(Candidate candidate) {
            return reader.judge(candidate);
        }

        @Override
        public void take(Candidate candidate) {
            taken++;
        }

        @Override
        public int json(Layer layer, int from, int start, int to, boolean more) {
            return NONE;
        }

        @Override
        public void tooLong(Layer layer, int start) {}

        @Override
        public void tooMuch(Layer layer, int start) {}
    }
}
