package io.jwtrawl.verify;

import java.util.function.LongSupplier;

/// Spreads requests over time. For one thread.
final class RateLimit {

    private static final long SECOND = 1_000_000_000;

    /// Waits.
    interface Sleep {
        void nanos(long nanos) throws InterruptedException;
    }

    private final long interval;
    private final LongSupplier clock;
    private final Sleep sleep;
    private long next;

    /// @param clock in nanoseconds, such as `System::nanoTime`
    RateLimit(int perSecond, LongSupplier clock, Sleep sleep) {
        this.interval = SECOND / perSecond;
        this.clock = clock;
        this.sleep = sleep;
        this.next = clock.getAsLong();
    }

    static RateLimit of(int perSecond) {
        return new RateLimit(
                perSecond, System::nanoTime, nanos -> Thread.sleep(nanos / 1_000_000 + 1));
    }

    /// Returns when the next request may be made.
    void await() throws InterruptedException {
        long now = clock.getAsLong();
        if (next - now > 0) {
            sleep.nanos(next - now);
            now = next;
        }
        next = now + interval;
    }
}
