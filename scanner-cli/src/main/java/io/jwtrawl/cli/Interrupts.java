package io.jwtrawl.cli;

import io.jwtrawl.engine.Engine;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets Ctrl-C end a scan with a report of what was found so far.
///
/// Java answers an interrupt by shutting down while the main thread goes on; the shutdown is held up until the report is
/// written. The exit code is then the signal's. A second Ctrl-C ends the program at once.
final class Interrupts implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean byUser;

    private Interrupts(Engine engine) {
        hook =
                Thread.ofPlatform()
                        .name("jwtrawl-interrupt")
                        .unstarted(() -> {
                            byUser = true;
                            endAtNextInterrupt();
                            engine.cancel();
                            awaitReport();
                        });
    }

    static Interrupts cancel(Engine engine) {
        var interrupts = new Interrupts(engine);
        Runtime.getRuntime().addShutdownHook(interrupts.hook);
        return interrupts;
    }

    boolean byUser() {
        return byUser;
    }

    @Override
    public void close() {
        written.countDown();
        if (!byUser) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) {
                // The interrupt came just now, when all was done.
            }
        }
    }

    private void awaitReport() {
        try {
            if (!written.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("jwtrawl: interrupted before the report could be written");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// By reflection: the compiler warns of `sun.misc` in a way that no annotation silences. Where there is none, the
    /// second interrupt waits for the report like the first.
    private static void endAtNextInterrupt() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object end =
                    Proxy.newProxyInstance(
                            Interrupts.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (_, _, _) -> {
                                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
                                return null;
                            });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), end);
        } catch (ReflectiveOperationException | RuntimeException _) {
            // As said above.
        }
    }
}
