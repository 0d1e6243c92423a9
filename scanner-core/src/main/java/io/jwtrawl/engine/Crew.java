package io.jwtrawl.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Threads that share the work on what a scan found: as many as searched.
final class Crew {

    private final int threads;
    private final Consumer<Throwable> failures;

    /// @param failures told what a share died of
    Crew(int threads, Consumer<Throwable> failures) {
        this.threads = threads;
        this.failures = failures;
    }

    /// Work that each thread does a part of.
    interface Share {

        /// @param thread from 0
        void run(int thread, int threads);
    }

    /// Returns when all have done their share; what one dies of is told, and the others go on.
    void share(Share work) throws InterruptedException {
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            int thread = i;
            others.add(
                    Thread.ofPlatform()
                            .daemon()
                            .name("jwtrawl-share-" + i)
                            .start(() -> run(work, thread)));
        }
        run(work, 0);
        for (Thread other : others) {
            other.join();
        }
    }

    /// Notes what went wrong.
    void failed(Throwable cause) {
        failures.accept(cause);
    }

    private void run(Share work, int thread) {
        try {
            work.run(thread, threads);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }
}
