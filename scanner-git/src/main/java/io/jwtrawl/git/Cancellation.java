package io.jwtrawl.git;

import java.util.function.BooleanSupplier;

/// Ends work that nobody waits for any more.
final class Cancellation {

    private Cancellation() {}

    static void check(BooleanSupplier cancelled) throws InterruptedException {
        if (cancelled.getAsBoolean()) {
            throw new InterruptedException("the scan was cancelled");
        }
    }
}
