package io.jwtrawl.documents;

import io.jwtrawl.documents.reader.ReaderMain;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// How a process is started that reads documents: a JVM as small as may be, which sees nothing of the environment, finds no
/// program to run, and knows the name of no other machine.
final class ReaderCommand {

    /// Beside the archive of this module in a distribution: Tika and all that it needs.
    private static final String LIBRARIES = "documents";

    private ReaderCommand() {}

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
                                "-Djava.io.tmpdir=" + temporary,
                                "-Djava.awt.headless=true",
                                "-Djdk.net.hosts.file=" + temporary.resolve("no-hosts"),
                                "-cp",
                                classPath(),
                                ReaderMain.class.getName(),
                                Long.toString(limits.time().toMillis())));
        var builder = new ProcessBuilder(command);
        builder.directory(temporary.toFile());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder;
    }

    /// In a distribution the libraries beside this module, in a test what runs it.
    private static String classPath() throws IOException {
        CodeSource source = ReaderCommand.class.getProtectionDomain().getCodeSource();
        try {
            Path module = Path.of(source.getLocation().toURI());
            Path libraries = module.resolveSibling(LIBRARIES);
            if (Files.isRegularFile(module) && Files.isDirectory(libraries)) {
                List<String> paths = new ArrayList<>(List.of(module.toString()));
                try (Stream<Path> jars = Files.list(libraries)) {
                    // A fixed order, so that it does not depend on the file system which class is
                    // found first.
                    jars.filter(jar -> jar.toString().endsWith(".jar"))
                            .sorted()
                            .forEach(jar -> paths.add(jar.toString()));
                }
                return String.join(File.pathSeparator, paths);
            }
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        return System.getProperty("java.class.path");
    }
}
