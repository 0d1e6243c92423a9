package io.jwtrawl.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/// What the scripts start that `jwtrawl hook install` makes, and the launcher: `hook run`, and nothing else of the program.
public final class HookMain {

    /// Only this stops anything: a JVM that cannot start ends with 1.
    static final int STOPPED = 10;

    private HookMain() {}

    public static void main(String[] arguments) {
        int status;
        try {
            Optional<HookOptions> options = parsed(arguments);
            status =
                    options.isEmpty()
                            ? throughMain(arguments)
                            : run(options.get()).stops() ? STOPPED : ExitCode.CLEAN;
        } catch (Throwable e) {
            System.err.println("jwtrawl: the hook failed: " + e);
            status = ExitCode.USAGE;
        }
        System.err.flush();
        // An exit would first look into every jar for a logger that may want to be told.
        Runtime.getRuntime().halt(status);
    }

    private static Optional<HookOptions> parsed(String[] arguments) {
        try {
            return HookOptions.parse(arguments);
        } catch (UsageException e) {
            return Optional.empty(); // who is asked next says the same
        }
    }

    static HookRun.Verdict run(HookOptions options) {
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true);
        return new HookRun(options, Path.of("").toAbsolutePath(), System.getenv(), err)
                .run(System.in);
    }

    private static int throughMain(String[] arguments) throws Exception {
        String[] all = new String[arguments.length + 2];
        all[0] = "hook";
        all[1] = "run";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        int status = Main.run(all);
        return status == ExitCode.FOUND ? STOPPED : status;
    }
}
