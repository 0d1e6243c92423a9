package io.jwtrawl.git;

import java.util.concurrent.atomic.AtomicLong;

/// Has the heap collected when it has grown by a good deal since the last time: left to itself the serial collector rather
/// takes more memory than looks through what is old, and each repository leaves much behind.
public final class HeapGrowth {

    /// In bytes; so much takes some twenty milliseconds to look through.
    private static final long MUCH = 96L << 20;

    private final AtomicLong before = new AtomicLong(used());

    /// To be called now and then, by any thread.
    public void check() {
        long last = before.get();
        long now = used();
        // Of several threads one is enough.
        if (now - last > MUCH && before.compareAndSet(last, now)) {
            System.gc();
            before.set(used());
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
