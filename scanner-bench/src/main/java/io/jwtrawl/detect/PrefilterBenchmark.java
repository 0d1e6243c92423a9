package io.jwtrawl.detect;

import io.jwtrawl.rules.RuleSet;
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

/// What looking for all needles in a mebibyte costs.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PrefilterBenchmark {

    @Param({"SOURCE", "LOG", "BASE64", "TOKENS", "ENCODED_TOKENS"})
    public String text = "";

    private final Prefilter prefilter = new Prefilter(Sieve.of(RuleSet.builtIn().needles()));
    private byte[] bytes = {};

    @Setup
    public void read() {
        bytes = BenchmarkText.valueOf(text).bytes();
    }

    @Benchmark
    public int needles() {
        int needles = 0;
        prefilter.begin(bytes, 0, bytes.length);
        while (prefilter.next(0)) {
            needles++;
        }
        return needles;
    }
}
