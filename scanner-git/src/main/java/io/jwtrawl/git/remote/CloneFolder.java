package io.jwtrawl.git.remote;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where clones are put: a folder that stays, or one that is removed in the end, also if the program is interrupted.
public final class CloneFolder implements AutoCloseable {

    /// How long an interrupted program may take to report what it found in the clones.
    private static final long PATIENCE_SECONDS = 65;

    private static final int ATTEMPTS = 20;
    private static final long PAUSE_MILLIS = 100;

    private final Path folder;
    private final boolean isTemporary;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Optional<Thread> hook;
    private volatile boolean isClosing;

    private CloneFolder(Path folder, boolean isTemporary) {
        this.folder = folder;
        this.isTemporary = isTemporary;
        this.hook =
                isTemporary
                        ? Optional.of(
                                Thread.ofPlatform()
                                        .name("jwtrawl-remove-clones")
                                        .unstarted(this::removeAtEnd))
                        : Optional.empty();
        hook.ifPresent(Runtime.getRuntime()::addShutdownHook);
    }

    /// @param cache a folder that stays; made if need be
    public static CloneFolder open(Optional<Path> cache) throws IOException {
        if (cache.isPresent()) {
            Files.createDirectories(cache.get());
            return new CloneFolder(cache.get(), false);
        }
        // Readable by its owner only, as Java makes them.
        return new CloneFolder(Files.createTempDirectory("jwtrawl-clone"), true);
    }

    Path folder() {
        return folder;
    }

    boolean isTemporary() {
        return isTemporary;
    }

    /// Whether what is still on its way is not wanted any more.
    boolean isClosing() {
        return isClosing;
    }

    @Override
    public void close() {
        isClosing = true;
        if (isTemporary) {
            remove();
        }
        done.countDown();
        try {
            hook.ifPresent(Runtime.getRuntime()::removeShutdownHook);
        } catch (IllegalStateException e) {
            // It is running: the program was interrupted.
        }
    }

    /// Removes one clone of those that are removed in the end anyway.
    void removeOne(Path clone) {
        try {
            delete(clone);
        } catch (IOException e) {
            // It is tried again in the end.
        }
    }

    private void removeAtEnd() {
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                isClosing = true;
                remove();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whoever still fetches may write into it for a moment.
    private void remove() {
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(folder); attempt++) {
            try {
                delete(folder);
            } catch (IOException e) {
                try {
                    Thread.sleep(PAUSE_MILLIS);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    static void delete(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path visited, @Nullable IOException failure) throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
