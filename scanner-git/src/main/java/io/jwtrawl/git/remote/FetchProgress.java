package io.jwtrawl.git.remote;

import io.jwtrawl.git.HeapGrowth;
import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.BatchingProgressMonitor;

/// Tells now and then how far a fetch has come.
final class FetchProgress extends BatchingProgressMonitor {

    private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

    private final String url;
    private final CloneFolder folder;
    private final HeapGrowth heap;
    private final Consumer<String> lines;
    private long latest = System.nanoTime();

    FetchProgress(String url, CloneFolder folder, HeapGrowth heap, Consumer<String> lines) {
        this.heap = heap;
        this.url = url;
        this.folder = folder;
        this.lines = lines;
    }

    @Override
    public boolean isCancelled() {
        return folder.isClosing() || super.isCancelled();
    }

    @Override
    public void update(int completed) {
        heap.check();
        super.update(completed);
    }

    @Override
    protected void onUpdate(String task, int done, Duration duration) {
        tell(task + " " + done);
    }

    @Override
    protected void onEndTask(String task, int done, Duration duration) {
        // The next task says that this one is over.
    }

    @Override
    protected void onUpdate(String task, int done, int all, int percent, Duration duration) {
        tell(task + " " + percent + " %");
    }

    @Override
    protected void onEndTask(String task, int done, int all, int percent, Duration duration) {
        // The next task says that this one is over.
    }

    private void tell(String state) {
        long now = System.nanoTime();
        if (now - latest > INTERVAL_NANOS) {
            latest = now;
            // The other side makes up names of tasks.
            lines.accept("fetching " + url + ": " + state.replaceAll("[^ -~]", "?"));
        }
    }
}
