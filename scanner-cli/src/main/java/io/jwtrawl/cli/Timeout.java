package io.jwtrawl.cli;

import io.jwtrawl.engine.Engine;
import java.time.Duration;
import java.util.Optional;

/// Cancels a scan when its time is up.
final class Timeout implements AutoCloseable {

    private final Optional<Thread> timer;

    private Timeout(Optional<Thread> timer) {
        this.timer = timer;
    }

    static Timeout cancel(Engine engine, Optional<Duration> after) {
        return new Timeout(
                after.map(time ->
                        Thread.ofPlatform()
                                .daemon()
                                .name("jwtrawl-timeout")
                                .start(() -> {
                                    try {
                                        Thread.sleep(time);
                                        engine.cancel();
                                    } catch (InterruptedException _) {
                                        // The scan was done before.
                                    }
                                })));
    }

    @Override
    public void close() {
        timer.ifPresent(Thread::interrupt);
    }
}
