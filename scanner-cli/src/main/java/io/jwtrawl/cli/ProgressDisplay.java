package io.jwtrawl.cli;

import io.jwtrawl.engine.Progress;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/// Shows a [ProgressLine] on standard error while a scan runs.
final class ProgressDisplay implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final Optional<ProgressBar> bar;

    private ProgressDisplay(Optional<ProgressBar> bar) {
        this.bar = bar;
    }

    static ProgressDisplay of(Progress progress, boolean show, boolean unicode) {
        if (!show) {
            return new ProgressDisplay(Optional.empty());
        }
        ProgressBar bar =
                new ProgressBarBuilder()
                        .setInitialMax(-1)
                        .continuousUpdate()
                        .setRenderer((state, width) ->
                                ProgressLine.of(progress, state.getElapsedAfterStart(), unicode)
                                        .fitting(width))
                        .setUpdateIntervalMillis((int) INTERVAL.toMillis())
                        .setConsumer(new ConsoleProgressBarConsumer(System.err))
                        .clearDisplayOnFinish()
                        .build();
        return new ProgressDisplay(Optional.of(bar));
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
