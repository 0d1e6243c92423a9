package io.jwtrawl.documents;

import io.jwtrawl.documents.reader.ReaderMain;
import io.jwtrawl.source.ClassArchive;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// How a process is started that reads documents: a JVM as small as may be, which sees nothing of the environment, finds no
/// program to run, and knows the name of no other machine.
final class ReaderCommand {

    /// Beside the archive of this module in a distribution: Tika and all that it needs.
    private static final String LIBRARIES = "documents";

    /// Beside those: their classes, loaded and linked.
    private static final String CACHE = "documents.aot";

    /// Set by the build, in a run whose loaded classes are kept for faster starts.
    private static final boolean IS_TRAINING = System.getenv("JWTRAWL_MAKE_AOT") != null;

    private ReaderCommand() {}

    /// Whether a process has to end by itself, so that its classes can be kept.
    static boolean isTraining() {
        return IS_TRAINING;
    }

    /// @param temporary the folder for its temporary files
    static ProcessBuilder of(DocumentLimits limits, Path temporary) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                java,
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:-UsePerfData",
                                // What the JVM has to say would get between the frames.
                                "-Xlog:disable",
                                "-Xlog:all=error:stderr",
                                "-Xmx" + limits.memory(),
                                // What a document needed is given back before the next one.
                                "-Xmn16m",
                                "-XX:MinHeapFreeRatio=10",
                                "-XX:MaxHeapFreeRatio=20",
                                "-Djava.io.tmpdir=" + temporary,
                                "-Djava.awt.headless=true",
                                "-Djdk.net.hosts.file=" + temporary.resolve("no-hosts"),
                                "-cp",
                                classPath()));
        Path cache = libraries().resolveSibling(CACHE);
        if (IS_TRAINING) {
            command.add("-XX:AOTCacheOutput=" + cache);
        } else if (Files.isRegularFile(cache)) {
            command.add("-XX:AOTCache=" + cache); // the JVM does without one that does not fit
        }
        command.add(ReaderMain.class.getName());
        command.add(Long.toString(limits.time().toMillis()));
        var builder = new ProcessBuilder(command);
        // The process that keeps the classes starts when the temporary folder is gone.
        builder.directory(
                (IS_TRAINING ? ClassArchive.of(ReaderCommand.class).resolveSibling("") : temporary)
                        .toFile());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("MALLOC_ARENA_MAX", "1"); // for one thread that does anything
        return builder;
    }

    /// In a distribution the libraries beside this module, in a test what runs it.
    private static String classPath() throws IOException {
        Path module = ClassArchive.of(ReaderCommand.class);
        Path libraries = libraries();
        if (!Files.isRegularFile(module) || !Files.isDirectory(libraries)) {
            return System.getProperty("java.class.path");
        }
        List<String> paths = new ArrayList<>(List.of(module.toString()));
        try (Stream<Path> jars = Files.list(libraries)) {
            // A fixed order, so that it does not depend on the file system which class is found
            // first.
            jars.filter(jar -> jar.toString().endsWith(".jar"))
                    .sorted()
                    .forEach(jar -> paths.add(jar.toString()));
        }
        return String.join(File.pathSeparator, paths);
    }

    private static Path libraries() throws IOException {
        return ClassArchive.of(ReaderCommand.class).resolveSibling(LIBRARIES);
    }
}
