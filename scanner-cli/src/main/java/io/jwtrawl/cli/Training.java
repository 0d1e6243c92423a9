package io.jwtrawl.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What else the build runs in the process whose loaded classes it keeps for faster starts: what people often do with a
/// repository, here a small one with a few tokens and a remote.
///
/// Classes that were not loaded, and lambdas and texts that were not made in this run, cost each later run about a
/// millisecond for every two or three of them.
final class Training {

    private static final long[] EXPIRIES = {1700003600L, 4000000000L};

    /// The kinds that are met most often.
    private static final List<String> ARCHIVES = List.of("files.tar.gz", "files.zip");

    private Training() {}

    static void run() throws Exception {
        Path folder = Files.createTempDirectory("jwtrawl-training");
        try {
            Path documents = Files.createDirectory(folder.resolve("documents"));
            TrainingDocuments.write(documents);
            Main.run(
                    new String[] {
                        "scan",
                        documents.toString(),
                        "--document-processes=1",
                        "--output=" + folder.resolve("report"),
                        "--fail-on=never",
                        "--quiet"
                    });
            Path repository = Files.createDirectory(folder.resolve("repository"));
            if (!prepare(repository)) {
                return;
            }
            Path state = folder.resolve("state");
            Path report = folder.resolve("report");
            for (List<String> options :
                    List.of(
                            List.of("git"),
                            List.of("git", "--state=" + state),
                            List.of("git", "--state=" + state),
                            List.of("git", "--format=sarif"),
                            List.of("git", "--format=terminal"),
                            List.of("scan", "--format=terminal"))) {
                List<String> arguments = new ArrayList<>(options);
                arguments.addAll(
                        List.of(
                                repository.toString(),
                                "--output=" + report,
                                "--fail-on=never",
                                "--quiet"));
                Main.run(arguments.toArray(String[]::new));
            }
        } finally {
            delete(folder);
        }
    }

    /// @return whether there is a Git that could make it
    private static boolean prepare(Path repository) throws Exception {
        Path file = repository.resolve("config.yaml");
        try {
            git(repository, "init", "-q");
        } catch (IOException e) {
            return false;
        }
        git(repository, "remote", "add", "origin", "https://github.com/example/example.git");
        for (long expiry : EXPIRIES) {
            String token = token(expiry);
            Files.writeString(
                    file,
                    "token: " + token + "\nsecret: " + base64(token) + "\n",
                    StandardCharsets.UTF_8);
            commit(repository, "Say " + token);
        }
        for (String archive : ARCHIVES) {
            git(repository, "archive", "--output=" + repository.resolve(archive), "HEAD");
        }
        commit(repository, "Keep archives");
        git(repository, "gc", "-q");
        return true;
    }

    private static void commit(Path repository, String message) throws Exception {
        git(repository, "add", "-A");
        git(repository, "commit", "-q", "-m", message);
    }

    private static void git(Path repository, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "git",
                                "-C",
                                repository.toString(),
                                "-c",
                                "user.name=training",
                                "-c",
                                "user.email=training@jwtrawl.example",
                                "-c",
                                "commit.gpgSign=false",
                                "-c",
                                "core.hooksPath=" + repository.resolve(".git/no-hooks")));
        command.addAll(Arrays.asList(arguments));
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException("git %s: exit code %d".formatted(arguments[0], status));
        }
    }

    /// One that anybody could make: its secret is in every list.
    private static String token(long expiry) throws GeneralSecurityException {
        String text =
                base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
                        + "."
                        + base64(
                                """
                                {"iss":"https://issuer.example","sub":"service","aud":"api",\
                                "scope":"read write","email":"a@b.example","iat":1700000000.5,"exp":%d}\
                                """
                                        .formatted(expiry));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> {
                        try {
                            Files.delete(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }
}
