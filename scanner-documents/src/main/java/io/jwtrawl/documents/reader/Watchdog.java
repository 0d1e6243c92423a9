package io.jwtrawl.documents.reader;

import io.jwtrawl.documents.protocol.Frame;
import java.time.Duration;

/// Ends the process when a document takes too long, or when the scan is gone that started it.
final class Watchdog {

    private static final Duration GLANCE = Duration.ofMillis(50);

    private final long allowedNanos;
    private final ItemWriter out;
    private final ProcessHandle scan;

    /// 0 while there is no document.
    private volatile long begun;

    Watchdog(long allowedMillis, ItemWriter out) {
        allowedNanos = Duration.ofMillis(allowedMillis).toNanos();
        this.out = out;
        scan = ProcessHandle.current().parent().orElseGet(ProcessHandle::current);
    }

    void start() {
        var thread = new Thread(this::watch, "watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    void begin() {
        long now = System.nanoTime();
        begun = now == 0 ? 1 : now;
    }

    void end() {
        begun = 0;
    }

    private void watch() {
        try {
            while (scan.isAlive()) {
                Thread.sleep(GLANCE);
                long since = begun;
                if (since != 0 && System.nanoTime() - since > allowedNanos) {
                    out.giveUp();
                    break;
                }
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it.
        }
        TemporaryFolder.delete();
        Runtime.getRuntime().halt(Frame.OVERTIME);
    }
}
