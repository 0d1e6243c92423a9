package io.jwtrawl.cli;

import io.jwtrawl.source.Sha256;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What lets Java start a hook with its classes loaded and linked (JEP 483, 514), made when the hook is installed.
///
/// It would go on running the code that it was made from, so it is named after the content of all jars, and the build of
/// Java.
final class HookCache {

    /// Best for a process that lives for fifty milliseconds; the same when the cache is made and when it is used.
    static final String FLAGS =
            "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData --enable-native-access=ALL-UNNAMED"
                    + " -Xlog:disable -Xlog:all=error:stderr";

    /// What methods were called how often would be compiled from the start: more than such a process pays for.
    private static final List<String> RECORDING =
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining");

    private static final int SHORT_HASH = 16;
    private static final long PATIENCE_SECONDS = 120;

    private HookCache() {}

    /// @return empty if none can be made here, which costs time at every start and nothing else
    static Optional<Path> ensure(Path home, Path java) {
        try {
            String name = "jwtrawl-hook-" + hash(home) + ".aot";
            for (Path folder : folders(home)) {
                if (Files.isRegularFile(folder.resolve(name))) {
                    return Optional.of(folder.resolve(name));
                }
            }
            for (Path folder : folders(home)) {
                Optional<Path> made = make(home, java, folder, name);
                if (made.isPresent()) {
                    return made;
                }
            }
        } catch (IOException e) {
            // Then it starts without.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /// Beside the jars, where whoever removes these removes it too; or among what the user can do without.
    private static List<Path> folders(Path home) {
        return List.of(home.resolve("lib"), UserFolder.CACHE.path());
    }

    private static Optional<Path> make(Path home, Path java, Path folder, String name)
            throws InterruptedException {
        Optional<Path> repository = Optional.empty();
        Optional<Path> made = Optional.empty();
        try {
            Files.createDirectories(folder);
            Path unfinished = Files.createTempFile(folder, "jwtrawl", ".unfinished");
            made = Optional.of(unfinished);
            Files.delete(unfinished);
            Path work = Files.createTempDirectory("jwtrawl-hook");
            repository = Optional.of(work);
            prepare(work);
            List<String> command = new ArrayList<>(List.of(java.toString()));
            command.addAll(Arrays.asList(FLAGS.split(" ")));
            command.addAll(RECORDING);
            command.addAll(
                    List.of(
                            "-XX:AOTCacheOutput=" + unfinished,
                            "-Djwtrawl.native=" + home.resolve("lib/libjwtrawl.so"),
                            "-cp",
                            home.resolve("lib/jwtrawl.jar").toString(),
                            HookMain.class.getName(),
                            HookKind.PRE_COMMIT.gitName()));
            run(work, command);
            if (!Files.isRegularFile(unfinished)) {
                return Optional.empty();
            }
            Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            return Optional.of(folder.resolve(name));
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            repository.ifPresent(HookCache::remove);
            made.ifPresent(HookCache::remove);
        }
    }

    /// A repository with a commit in a pack and two staged files, as most have.
    private static void prepare(Path work) throws IOException, InterruptedException {
        run(work, List.of("git", "init", "-q"));
        Files.createDirectories(work.resolve("src"));
        Files.writeString(work.resolve("src/a.txt"), "first\n");
        Files.writeString(work.resolve("b.txt"), "first\n");
        run(work, List.of("git", "add", "."));
        run(
                work,
                List.of(
                        "git",
                        "-c",
                        "user.name=x",
                        "-c",
                        "user.email=x",
                        "-c",
                        "commit.gpgsign=false",
                        "-c",
                        "core.hooksPath=/dev/null",
                        "commit",
                        "-q",
                        "-m",
                        "x"));
        run(work, List.of("git", "repack", "-adq"));
        Files.writeString(work.resolve("b.txt"), "second, as in eyJ and \\u0065\n".repeat(100));
        Files.writeString(work.resolve("src/c.txt"), "new\n");
        run(work, List.of("git", "add", "."));
    }

    private static void run(Path folder, List<String> command)
            throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.remove(HookRun.SKIP);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private static String hash(Path home) throws IOException {
        MessageDigest sha256 = Sha256.digest();
        sha256.update(
                (home + System.getProperty("java.vm.version"))
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home.resolve("lib"), "*.jar")) {
            files.forEach(jars::add);
        }
        jars.sort(Comparator.naturalOrder());
        for (Path jar : jars) {
            Sha256.add(sha256, jar);
        }
        return HexFormat.of().formatHex(sha256.digest()).substring(0, SHORT_HASH);
    }

    private static void remove(Path path) {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            // A temporary file stays.
        }
    }
}
