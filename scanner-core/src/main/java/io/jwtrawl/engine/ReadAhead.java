package io.jwtrawl.engine;

import io.jwtrawl.source.BlockStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Reads a stream on another thread than the one that wants its bytes, such as to expand it there.
///
/// Until that thread comes, and if none does, the bytes are read by the thread that wants them. A few buffers are read
/// ahead, and no more.
final class ReadAhead extends BlockStream {

    private static final int BUFFER = 128 * 1024;
    private static final int BUFFERS = 6;

    private final InputStream in;
    private final PartQueue parts;

    private final Deque<Buffer> filled = new ArrayDeque<>();
    private int empty = BUFFERS;
    private boolean running;
    private boolean direct;
    private boolean closed;
    private boolean ended;
    private @Nullable Throwable failure;

    private @Nullable Buffer current;
    private int position;

    @SuppressWarnings("ArrayRecordComponent") // moved from hand to hand
    private record Buffer(byte[] bytes, int length) {}

    ReadAhead(InputStream in, PartQueue parts) {
        this.in = in;
        this.parts = parts;
    }

    /// Reads ahead until the stream is closed or ends; what another thread does.
    void run() throws InterruptedException {
        synchronized (this) {
            while (direct && !closed) {
                wait();
            }
            if (closed || ended || running) {
                return;
            }
            running = true;
        }
        try {
            while (fill()) {
                parts.throwIfCancelled();
            }
        } finally {
            synchronized (this) {
                running = false;
                ended = true;
                notifyAll();
            }
        }
    }

    /// @return whether there may be more to read
    private boolean fill() throws InterruptedException {
        synchronized (this) {
            while (empty == 0 && !closed) {
                wait(100);
                parts.throwIfCancelled();
            }
            if (closed) {
                return false;
            }
            empty--;
        }
        byte[] bytes = new byte[BUFFER];
        int length = 0;
        Throwable broken = null;
        boolean more = true;
        try {
            while (length < BUFFER && more) {
                int read = in.read(bytes, length, BUFFER - length);
                more = read >= 0;
                length += Math.max(0, read);
            }
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            broken = e;
        }
        synchronized (this) {
            filled.addLast(new Buffer(bytes, length));
            if (broken != null) {
                failure = broken;
            }
            notifyAll();
        }
        return more && broken == null;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            Buffer buffer = current;
            if (buffer != null && position < buffer.length()) {
                int count = Math.min(length, buffer.length() - position);
                System.arraycopy(buffer.bytes(), position, bytes, offset, count);
                position += count;
                return count;
            }
            if (!next()) {
                return read(bytes, offset, length, ended());
            }
        }
    }

    private synchronized boolean ended() {
        return ended;
    }

    /// Reads on this thread, as no other one does.
    private int read(byte[] bytes, int offset, int length, boolean atEnd) throws IOException {
        if (atEnd) {
            rethrow();
            return -1;
        }
        try {
            int read = in.read(bytes, offset, length);
            if (read < 0) {
                synchronized (this) {
                    ended = true;
                }
            }
            return read;
        } finally {
            synchronized (this) {
                direct = false;
                notifyAll();
            }
        }
    }

    private synchronized void rethrow() throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IOException(failure);
        }
    }

    /// Moves on to the next buffer that the other thread has filled.
    ///
    /// @return false if there will be none: it has come to the end, or not begun
    private synchronized boolean next() throws IOException {
        if (current != null) {
            current = null;
            empty++;
            notifyAll();
        }
        position = 0;
        while (filled.isEmpty()) {
            if (!running) {
                direct = !ended;
                return false;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        current = filled.removeFirst();
        return true;
    }

    /// Returns once the other thread reads no more; the stream itself stays open.
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        notifyAll();
        while (running) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }
}
