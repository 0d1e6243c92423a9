package io.jwtrawl.cli;

import io.jwtrawl.source.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// `jwtrawl warm-up`: makes the caches of loaded and linked classes, that of scans, which the build makes where it runs, and
/// that of hooks. No package can bring them along: they belong to one build of Java.
final class WarmUpCommand implements Command {

    @Override
    public String name() {
        return "warm-up";
    }

    @Override
    public String header() {
        return "Make what lets Java start fast; once after installing or upgrading.";
    }

    @Override
    public String operands() {
        return "";
    }

    @Override
    public List<String> description() {
        return List.of(
                "It takes some seconds and is kept beside the program, whose folder must be writable. Without it all works the"
                        + " same, and starts slower.");
    }

    @Override
    public Options options() {
        return new Options();
    }

    @Override
    public int run(CommandLine line) throws IOException, InterruptedException {
        Path home = Installation.home();
        Path launcher = home.resolve("bin").resolve("jwtrawl");
        Path lib = home.resolve("lib");
        if (!Files.isRegularFile(launcher)) {
            throw new UsageException("only where jwtrawl is installed: there is no " + launcher);
        }
        if (!Files.isWritable(lib)) {
            throw new UsageException(lib + ": cannot be written to: run this as its owner");
        }
        Path work = Files.createTempDirectory("jwtrawl-warm-up");
        try {
            Files.writeString(work.resolve("empty.txt"), "nothing\n");
            Process process =
                    builder(
                                    launcher.toString(),
                                    "scan",
                                    work.toString(),
                                    "--output=" + work.resolve("report"),
                                    "--fail-on=never",
                                    "--quiet")
                            .start();
            process.getOutputStream().close();
            if (process.waitFor() != 0 || !hasCache(lib)) {
                throw new UsageException("no cache was made; jwtrawl works without");
            }
            HookCache.ensure(home, Installation.java());
        } catch (IOException e) {
            throw new UsageException("no cache was made: " + FailureText.of(e), e);
        } finally {
            try (Stream<Path> files = Files.list(work)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(work);
        }
        return ExitCode.CLEAN;
    }

    private static ProcessBuilder builder(String... command) {
        var builder = new ProcessBuilder(command);
        // Java tells of every step.
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("JWTRAWL_MAKE_AOT", "yes");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    private static boolean hasCache(Path lib) throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            return files.anyMatch(file -> {
                String name = String.valueOf(file.getFileName());
                return name.startsWith("jwtrawl-")
                        && !name.startsWith("jwtrawl-hook-")
                        && name.endsWith(".aot");
            });
        }
    }
}
