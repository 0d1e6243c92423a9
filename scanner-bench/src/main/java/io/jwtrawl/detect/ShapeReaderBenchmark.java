package io.jwtrawl.detect;

import io.jwtrawl.rules.RuleSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/// What reading on from each beginning of a token costs: a mebibyte of tokens, and one that begins everywhere.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ShapeReaderBenchmark {

    private final RuleSet rules = RuleSet.builtIn();
    private final ShapeReader reader =
            new ShapeReader(rules.detection().shapes(), rules.tokens().size());
    private byte[] tokens = {};
    private int[] tokenStarts = {};
    private byte[] beginnings = {};

    @Setup
    public void read() {
        tokens = BenchmarkText.TOKENS.bytes();
        tokenStarts =
                IntStream.range(0, tokens.length - 2)
                        .filter(i ->
                                tokens[i] == 't' && tokens[i + 1] == '=' && tokens[i + 2] == 'e')
                        .map(i -> i + 2)
                        .toArray();
        beginnings = tokens.clone();
        for (int i = 0; i < beginnings.length; i++) {
            beginnings[i] = (byte) "eyJ".charAt(i % 3);
        }
    }

    @Benchmark
    public int tokens() {
        int ends = 0;
        reader.begin();
        for (int start : tokenStarts) {
            reader.read(tokens, start, tokens.length);
            ends += reader.stop();
        }
        return ends;
    }

    @Benchmark
    public int beginningsWithoutEnd() {
        int ends = 0;
        reader.begin();
        for (int start = 0; start < beginnings.length; start += 3) {
            reader.read(beginnings, start, beginnings.length);
            ends += reader.stop();
        }
        return ends;
    }
}
