package io.jwtrawl.cli;

import static io.jwtrawl.cli.OptionValues.flag;
import static io.jwtrawl.cli.OptionValues.option;

import io.jwtrawl.source.ExpansionLimits;
import java.time.Duration;
import java.util.List;
import org.apache.commons.cli.Options;

/// The options that say how far containers are opened.
final class UnpackingOptions {

    static final String NO_ARCHIVES = "no-archives";

    private static final String MAX_DEPTH = "max-depth";
    private static final String MAX_ENTRIES = "max-entries";
    private static final String MAX_RATIO = "max-ratio";
    private static final String MAX_EXPANDED = "max-expanded";
    private static final String MAX_UNPACK_TIME = "max-unpack-time";

    private static final ExpansionLimits DEFAULT = ExpansionLimits.DEFAULT;

    /// A decoder may take so much of the heap, shared by all threads.
    private static final int SHARE_OF_HEAP = 3;

    private static final long LEAST_MEMORY = 8L << 20;

    private UnpackingOptions() {}

    static void addTo(Options options) {
        List.of(
                        flag(
                                NO_ARCHIVES,
                                "Do not open archives, compressed files and images; they are searched as they are."),
                        option(
                                MAX_ENTRIES,
                                "N",
                                "Look at up to N members of one archive, with those inside it. Default: 1000000."),
                        option(
                                MAX_RATIO,
                                "N",
                                "Stop opening what expands to more than N times its size. Default: 300."),
                        option(
                                MAX_EXPANDED,
                                "SIZE",
                                "Stop opening what expands to more than SIZE, such as 500m or 20g. Default: 64g."),
                        option(
                                MAX_UNPACK_TIME,
                                "DURATION",
                                "Stop opening one archive after this time, such as 90s. Default: 10m."))
                .forEach(options::addOption);
    }

    static ExpansionLimits read(OptionValues values, int threads) {
        return new ExpansionLimits(
                values.number(MAX_DEPTH).orElse(DEFAULT.depth()),
                positive(values, MAX_ENTRIES, DEFAULT.entries()),
                positive(values, MAX_RATIO, DEFAULT.ratio()),
                values.size(MAX_EXPANDED).orElse(DEFAULT.bytes()),
                time(values),
                Math.max(
                        LEAST_MEMORY,
                        Math.min(
                                DEFAULT.memory(),
                                Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / threads)));
    }

    private static long positive(OptionValues values, String option, long usual) {
        if (!values.has(option)) {
            return usual;
        }
        int number = values.number(option).orElseThrow();
        if (number < 1) {
            throw new UsageException("--" + option + ": a number from 1 on");
        }
        return number;
    }

    private static Duration time(OptionValues values) {
        Duration time = values.duration(MAX_UNPACK_TIME).orElse(DEFAULT.time());
        if (time.isZero()) {
            throw new UsageException("--" + MAX_UNPACK_TIME + ": a duration such as 90s or 10m");
        }
        return time;
    }
}
