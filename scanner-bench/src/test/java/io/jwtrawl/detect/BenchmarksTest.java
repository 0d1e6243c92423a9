package io.jwtrawl.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs each benchmark once; how long it takes is nobody's business here.
class BenchmarksTest {

    @Test
    void everyBenchmarkRuns() throws RunnerException {
        var once =
                new OptionsBuilder()
                        .mode(Mode.SingleShotTime)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build();
        assertThat(new Runner(once).run())
                .extracting(result -> result.getParams().getBenchmark())
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .contains(
                        "needles",
                        "tokens",
                        "base64",
                        "hex",
                        "utf16",
                        "gaps",
                        "classify",
                        "knownSecrets",
                        "plain",
                        "disguised");
    }
}
