package io.jwtrawl.cli;

import io.jwtrawl.engine.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// A progress bar on standard error: items, rate and time left where that is known, bytes, tokens so far.
final class ProgressDisplay implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(200);

    private record Shown(ProgressBar bar, Thread updater) {}

    private final Optional<Shown> shown;

    private ProgressDisplay(Optional<Shown> shown) {
        this.shown = shown;
    }

    static ProgressDisplay of(Progress progress, boolean show, boolean unicode) {
        if (!show) {
            return new ProgressDisplay(Optional.empty());
        }
        ProgressBar bar =
                new ProgressBarBuilder()
                        .setTaskName("Scanning")
                        .setInitialMax(-1)
                        .setUnit(" items", 1)
                        .showSpeed()
                        .setUpdateIntervalMillis((int) INTERVAL.toMillis())
                        .setStyle(unicode ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                        .setConsumer(new ConsoleProgressBarConsumer(System.err))
                        .clearDisplayOnFinish()
                        .build();
        Thread updater =
                Thread.ofPlatform()
                        .daemon()
                        .name("jwtrawl-progress")
                        .start(() -> {
                            try {
                                while (true) {
                                    update(bar, progress);
                                    Thread.sleep(INTERVAL);
                                }
                            } catch (InterruptedException _) {
                                // The scan is over.
                            }
                        });
        return new ProgressDisplay(Optional.of(new Shown(bar, updater)));
    }

    @Override
    public void close() {
        shown.ifPresent(display -> {
            display.updater().interrupt();
            display.bar().close();
        });
    }

    private static void update(ProgressBar bar, Progress progress) {
        if (progress.expected() > progress.blobs()) {
            bar.maxHint(progress.expected());
        }
        bar.stepTo(progress.blobs());
        bar.setExtraMessage(
                String.format(
                        Locale.ROOT,
                        " %s, %,d tokens",
                        Summary.size(progress.bytes()),
                        progress.sightings()));
    }
}
