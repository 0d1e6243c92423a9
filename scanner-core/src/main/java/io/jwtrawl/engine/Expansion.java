package io.jwtrawl.engine;

import io.jwtrawl.source.ExpansionLimitException;
import io.jwtrawl.source.ExpansionLimits;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What was spent on one outermost container and all that lies in it, by every thread that unpacks it.
final class Expansion {

    private final ExpansionLimits limits;
    private final long deadline;

    /// How large the container itself is, as far as it was read where its size is not known.
    private final AtomicLong compressed = new AtomicLong();

    private final AtomicLong expanded = new AtomicLong();
    private final AtomicLong entries = new AtomicLong();
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile @Nullable String reached;

    Expansion(ExpansionLimits limits) {
        this.limits = limits;
        deadline = System.nanoTime() + limits.time().toNanos();
    }

    /// Counts bytes of the container itself.
    void compressed(long bytes) {
        compressed.addAndGet(bytes);
    }

    /// Counts bytes that came out of a container.
    ///
    /// @throws ExpansionLimitException if those are too many, or it takes too long
    void expanded(long bytes) throws ExpansionLimitException {
        long total = expanded.addAndGet(bytes);
        if (total > limits.bytes()) {
            reach("it expands to more than " + limits.bytes() + " bytes (--max-expanded)");
        }
        if (total > ExpansionLimits.FREE && total / limits.ratio() > compressed.get()) {
            reach("it expands to more than " + limits.ratio() + " times its size (--max-ratio)");
        }
        if (System.nanoTime() - deadline > 0) {
            reach(
                    "it takes longer to unpack than "
                            + limits.time().toSeconds()
                            + " s (--max-unpack-time)");
        }
        check();
    }

    /// Counts a member.
    ///
    /// @throws ExpansionLimitException if there are too many
    void entry() throws ExpansionLimitException {
        if (entries.incrementAndGet() > limits.entries()) {
            reach("it has more than " + limits.entries() + " members (--max-entries)");
        }
        check();
    }

    private void reach(String limit) {
        if (reached == null) {
            reached = limit;
        }
    }

    void check() throws ExpansionLimitException {
        String limit = reached;
        if (limit != null) {
            throw new ExpansionLimitException(limit);
        }
    }

    /// Whether nothing more is to be opened.
    boolean isSpent() {
        return reached != null;
    }

    /// Whether the limit that was reached has still to be reported; true once.
    boolean isToBeTold() {
        return told.compareAndSet(false, true);
    }
}
