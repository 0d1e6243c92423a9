package io.jwtrawl.engine;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// Counters of a scan under way, which any thread may read.
public final class Progress {

    private final LongAdder blobs = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder sightings = new LongAdder();
    private final AtomicLong expected = new AtomicLong();

    /// Files and objects searched so far.
    public long blobs() {
        return blobs.sum();
    }

    /// Bytes searched so far.
    public long bytes() {
        return bytes.sum();
    }

    /// Tokens seen so far, the same one at two places counted twice.
    public long sightings() {
        return sightings.sum();
    }

    /// How many blobs there will be, as far as crawlers have announced it; 0 if none has.
    public long expected() {
        return expected.get();
    }

    void searchedBlob() {
        blobs.increment();
    }

    void searched(long searchedBytes) {
        bytes.add(searchedBytes);
    }

    void sighted() {
        sightings.increment();
    }

    void expect(long more) {
        expected.addAndGet(more);
    }
}
