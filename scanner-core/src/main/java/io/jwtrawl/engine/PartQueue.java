package io.jwtrawl.engine;

import io.jwtrawl.source.Crawler;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;

/// The parts of a crawl that wait for a thread: bounded, newest first, so that a tree is walked in depth.
final class PartQueue {

    /// Work for one thread.
    interface Part {
        void run(Worker worker) throws InterruptedException;
    }

    private final int capacity;
    private final Deque<Part> waiting = new ArrayDeque<>();
    private int unfinished;
    private volatile int idle;
    private volatile boolean cancelled;

    /// What a thread died of, the first of them.
    private Optional<Throwable> failure = Optional.empty();

    PartQueue(int capacity) {
        this.capacity = capacity;
    }

    /// Begins with these, once all that was there before is finished.
    synchronized void begin(Collection<? extends Crawler> crawlers) {
        crawlers.forEach(crawler -> waiting.addLast(crawler::crawl));
        unfinished += crawlers.size();
    }

    /// Adds `part` unless enough wait already.
    synchronized boolean offer(Part part) {
        if (waiting.size() >= capacity) {
            return false;
        }
        waiting.addFirst(part);
        unfinished++;
        notify();
        return true;
    }

    /// The next part, or empty when all are finished or the scan was cancelled. Whoever takes one says [#finished].
    synchronized Optional<Part> take() throws InterruptedException {
        idle++;
        try {
            while (waiting.isEmpty() && unfinished > 0 && !cancelled) {
                wait();
            }
        } finally {
            idle--;
        }
        return cancelled ? Optional.empty() : Optional.ofNullable(waiting.pollFirst());
    }

    /// Whether a thread waits in vain for a part.
    boolean isWanted() {
        return idle > 0;
    }

    synchronized void finished() {
        unfinished--;
        if (unfinished == 0) {
            notifyAll();
        }
    }

    synchronized void cancel() {
        cancelled = true;
        notifyAll();
    }

    /// Cancels the scan because of a defect, or for want of memory.
    synchronized void fail(Throwable cause) {
        if (failure.isEmpty()) {
            failure = Optional.of(cause);
        }
        cancel();
    }

    synchronized Optional<Throwable> failure() {
        return failure;
    }

    boolean isCancelled() {
        return cancelled;
    }

    void throwIfCancelled() throws InterruptedException {
        if (cancelled) {
            throw new InterruptedException("the scan was cancelled");
        }
    }
}
