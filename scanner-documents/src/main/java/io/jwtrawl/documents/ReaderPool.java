package io.jwtrawl.documents;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// The processes that read documents: started when they are needed, kept for the next document, replaced when one of them
/// breaks down.
final class ReaderPool implements AutoCloseable {

    private final DocumentLimits limits;
    private final Semaphore free;
    private final Deque<ReaderProcess> idle = new ArrayDeque<>();
    private final Set<ReaderProcess> all = new HashSet<>();
    private boolean isClosed;

    ReaderPool(DocumentLimits limits) {
        this.limits = limits;
        free = new Semaphore(limits.processes(), true);
    }

    /// Waits for one that idles, or starts one.
    ReaderProcess take() throws IOException, InterruptedException {
        free.acquire();
        try {
            ReaderProcess known = pollIdle();
            return known != null ? known : keep(ReaderProcess.start(limits));
        } catch (IOException | RuntimeException e) {
            free.release();
            throw e;
        }
    }

    private synchronized @Nullable ReaderProcess pollIdle() throws IOException {
        if (isClosed) {
            throw new IOException("the scan is over");
        }
        ReaderProcess known = idle.poll();
        while (known != null && !known.isUsable()) {
            all.remove(known);
            known.close();
            known = idle.poll();
        }
        return known;
    }

    private synchronized ReaderProcess keep(ReaderProcess started) throws IOException {
        if (isClosed) {
            started.close();
            throw new IOException("the scan is over");
        }
        all.add(started);
        return started;
    }

    void giveBack(ReaderProcess reader) {
        synchronized (this) {
            if (reader.isUsable()) {
                idle.push(reader);
            } else {
                all.remove(reader);
                reader.close();
            }
        }
        free.release();
    }

    /// Ends them all, also those that still read.
    @Override
    public synchronized void close() {
        isClosed = true;
        all.forEach(ReaderProcess::close);
        all.clear();
        idle.clear();
    }
}
