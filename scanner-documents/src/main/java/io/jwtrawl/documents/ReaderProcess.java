package io.jwtrawl.documents;

import io.jwtrawl.documents.protocol.DocumentKind;
import io.jwtrawl.documents.protocol.Frame;
import io.jwtrawl.documents.protocol.ItemKind;
import io.jwtrawl.documents.protocol.Outcome;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A process that reads documents, one at a time. It is used by one thread at a time; any may close it.
final class ReaderProcess implements AutoCloseable {

    /// How much longer than a document may take the process has to say so.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final DocumentLimits limits;
    private final Path temporary;
    private final Process process;
    private final DataOutputStream request;
    private final DataInputStream answer;
    private boolean isUsable = true;

    private ReaderProcess(DocumentLimits limits, Path temporary, Process process) {
        this.limits = limits;
        this.temporary = temporary;
        this.process = process;
        request =
                new DataOutputStream(
                        new BufferedOutputStream(process.getOutputStream(), Frame.MAX_LENGTH));
        answer =
                new DataInputStream(
                        new BufferedInputStream(process.getInputStream(), Frame.MAX_LENGTH));
    }

    static ReaderProcess start(DocumentLimits limits) throws IOException {
        Path temporary = Files.createTempDirectory(Frame.TEMPORARY);
        try {
            return new ReaderProcess(
                    limits, temporary, ReaderCommand.of(limits, temporary).start());
        } catch (IOException e) {
            Files.delete(temporary);
            throw e;
        }
    }

    /// Whether it can read another document.
    boolean isUsable() {
        return isUsable && process.isAlive();
    }

    /// Reads one document. What came out of it is in `harvest`, also if it is not complete.
    ///
    /// @param depth how many more containers inside one another may be opened in it
    /// @return what to say of it; empty if it was read to its end
    /// @throws IOException if `document` cannot be read
    String read(DocumentKind kind, int depth, InputStream document, Harvest harvest)
            throws IOException {
        CompletableFuture<Void> end = killLater();
        try {
            if (!send(kind, depth, document, harvest)) {
                return died();
            }
            Outcome outcome = receive(harvest);
            isUsable &= outcome != Outcome.OUT_OF_MEMORY;
            return outcome.text();
        } catch (EOFException e) {
            return died();
        } finally {
            end.cancel(false);
        }
    }

    /// A process that does not look at the clock itself any more is ended from outside.
    private CompletableFuture<Void> killLater() {
        Executor later =
                CompletableFuture.delayedExecutor(
                        limits.time().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        return CompletableFuture.runAsync(process::destroyForcibly, later);
    }

    /// @return whether the process took it
    private boolean send(DocumentKind kind, int depth, InputStream document, Harvest harvest)
            throws IOException {
        byte[] chunk = new byte[Frame.MAX_LENGTH];
        int length = document.readNBytes(chunk, 0, chunk.length);
        try {
            request.writeUTF(kind.name());
            request.writeInt(depth);
            while (length > 0) {
                request.writeInt(length);
                request.write(chunk, 0, length);
                harvest.sown(length);
                length = next(document, chunk);
            }
            request.writeInt(0);
            request.flush();
            return true;
        } catch (UncheckedIOException e) {
            isUsable = false; // it waits for the rest
            throw e.getCause();
        } catch (IOException e) {
            return false;
        }
    }

    /// What fails here is not the process.
    private static int next(InputStream document, byte[] chunk) {
        try {
            return document.readNBytes(chunk, 0, chunk.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome receive(Harvest harvest) throws IOException {
        byte[] bytes = new byte[Frame.MAX_LENGTH];
        while (true) {
            int frame = answer.readUnsignedByte();
            switch (frame) {
                case Frame.BEGIN -> {
                    answer.readInt(); // they are numbered as they come
                    harvest.begin(ItemKind.valueOf(answer.readUTF()), names());
                }
                case Frame.DATA -> {
                    int item = answer.readInt();
                    int length = answer.readInt();
                    answer.readFully(bytes, 0, length);
                    harvest.data(item, bytes, length);
                }
                case Frame.SENT -> harvest.sent(names(), answer.readLong());
                case Frame.LEFT_OUT -> harvest.leftOut(names(), Outcome.valueOf(answer.readUTF()));
                case Frame.END -> {
                    return Outcome.valueOf(answer.readUTF());
                }
                default -> throw new EOFException("not a frame: " + frame);
            }
            if (!harvest.reached().isEmpty()) {
                isUsable = false;
                return Outcome.COMPLETE;
            }
        }
    }

    private List<String> names() throws IOException {
        int count = answer.readUnsignedByte();
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(answer.readUTF());
        }
        return names;
    }

    /// Why the process ended.
    private String died() {
        isUsable = false;
        try {
            if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)
                    || process.exitValue() == Frame.OVERTIME) {
                return "takes longer to be read than "
                        + limits.time().toSeconds()
                        + " s (--max-document-time)";
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "cannot be read: the process that read it broke down";
    }

    /// Lets the process end by itself.
    private void endGently() {
        try {
            request.close();
            process.waitFor(2, TimeUnit.MINUTES);
        } catch (IOException e) {
            // It is gone already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends the process, whatever it does, and deletes what it left.
    @Override
    public void close() {
        if (ReaderCommand.isTraining()) {
            endGently();
        }
        process.destroyForcibly();
        process.onExit().join();
        try (Stream<Path> left = Files.walk(temporary)) {
            for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // It lies among the temporary files of this user, and nobody else can read it.
        }
    }
}
