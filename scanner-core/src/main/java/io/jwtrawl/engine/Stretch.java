package io.jwtrawl.engine;

import io.jwtrawl.detect.ByteWindow;
import io.jwtrawl.source.Position;
import io.jwtrawl.source.Provenance;
import java.time.Instant;
import java.util.Optional;

/// What one thread searches of a blob: the tokens that begin in a range of it.
///
/// The stretches of a blob form a chain. Each thread counts lines from where it begins to read; only the chain knows how
/// many there are before that. Used by the thread that searches it, but for what is said of the chain.
final class Stretch {

    /// Whoever searches a part of a blob looks at so much of what stands around it, for what crosses its borders.
    private static final int LOOK_AROUND = 64 * 1024;

    private final Provenance provenance;
    private final Optional<Instant> since;
    private final long from;

    /// Guards what the stretches of one blob know of each other.
    private final Object chain;

    private long until;
    private Optional<Stretch> before;
    private Optional<Stretch> after;

    /// Where the stretch behind begins to count, told as this one counts.
    private Optional<Position> border = Optional.empty();

    /// A whole blob.
    ///
    /// @param since when it was last changed, if that is known
    Stretch(Provenance provenance, Optional<Instant> since) {
        this.provenance = provenance;
        this.since = since;
        from = 0;
        until = Long.MAX_VALUE;
        before = Optional.empty();
        after = Optional.empty();
        chain = this;
    }

    private Stretch(Stretch first, long from) {
        provenance = first.provenance;
        since = first.since;
        this.from = from;
        until = first.until;
        before = Optional.of(first);
        after = first.after;
        chain = first.chain;
    }

    Provenance provenance() {
        return provenance;
    }

    Optional<Instant> since() {
        return since;
    }

    /// The offset of the first byte at which a token may begin; what begins before or behind is told by another thread.
    long from() {
        return from;
    }

    long until() {
        return until;
    }

    /// The offset of the first byte to read, from which lines are counted.
    long readFrom() {
        return Math.max(0, from - LOOK_AROUND);
    }

    boolean holds(long offset) {
        return offset >= from && offset < until;
    }

    /// Whether all that begins here was seen when everything before `searched` was.
    boolean isBefore(long searched) {
        return searched - LOOK_AROUND >= until;
    }

    /// Leaves what begins from `middle` on to another thread.
    Stretch split(long middle) {
        synchronized (chain) {
            var second = new Stretch(this, middle);
            after.ifPresent(next -> next.before = Optional.of(second));
            after = Optional.of(second);
            until = middle;
            return second;
        }
    }

    /// Takes back `second`, which no other thread wanted.
    void join(Stretch second) {
        synchronized (chain) {
            after = second.after;
            after.ifPresent(next -> next.before = Optional.of(this));
            until = second.until;
        }
    }

    /// Notes where the border to the next stretch is, once the window shows it.
    void passing(ByteWindow window) {
        if (after.isPresent() && border.isEmpty()) {
            window.index(after.get().readFrom())
                    .ifPresent(index -> {
                        synchronized (chain) {
                            border = Optional.of(window.position(index));
                        }
                    });
        }
    }

    /// The first place behind `offset` that [#passing] has to see, or the end of all.
    long nextBorder(long offset) {
        return border.isEmpty() && after.isPresent() && after.get().readFrom() >= offset
                ? after.get().readFrom()
                : Long.MAX_VALUE;
    }

    /// The position in the blob of what this stretch counts as `position`; without lines, if others before it were not
    /// searched to their ends.
    Position inBlob(Position position) {
        synchronized (chain) {
            if (!position.hasLines() || before.isEmpty()) {
                return position;
            }
            Stretch previous = before.get();
            return previous.border
                    .map(previous::inBlob)
                    .filter(Position::hasLines)
                    .map(border ->
                            new Position(
                                    position.offset(),
                                    border.line() + position.line() - 1,
                                    position.line() == 1
                                            ? border.column() + position.column() - 1
                                            : position.column()))
                    .orElseGet(() -> Position.withoutLines(position.offset()));
        }
    }
}
