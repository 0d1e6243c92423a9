package io.jwtrawl.git.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.transport.URIish;

/// Asks the user's own `git` for what the user has set up for a URL: credential helpers, extra headers. It is started
/// outside any repository, so that no configuration but the user's and the system's has a say, and never asks the user.
final class GitProgram {

    private static final int MAX_OUTPUT = 64 * 1024;
    private static final long PATIENCE_SECONDS = 30;

    private GitProgram() {}

    /// What helpers know for a URL.
    record Credential(String user, String password) {

        @Override
        public String toString() {
            return "Credential";
        }
    }

    /// The headers that `http.extraHeader` adds for `url`, `NAME: VALUE`.
    static List<String> extraHeaders(URIish url) {
        return run(List.of("config", "--get-urlmatch", "http.extraHeader", address(url)), "")
                .map(output -> output.lines().filter(line -> line.contains(":")).toList())
                .orElse(List.of());
    }

    static Optional<Credential> credential(URIish url) {
        Optional<String> output = run(List.of("credential", "fill"), description(url, ""));
        String user = "";
        String password = "";
        for (String line : output.map(text -> text.lines().toList()).orElse(List.of())) {
            if (line.startsWith("username=")) {
                user = line.substring("username=".length());
            } else if (line.startsWith("password=")) {
                password = line.substring("password=".length());
            }
        }
        return user.isEmpty() && password.isEmpty()
                ? Optional.empty()
                : Optional.of(new Credential(user, password));
    }

    /// Lets helpers forget what was refused.
    static void reject(URIish url, Credential credential) {
        run(
                List.of("credential", "reject"),
                description(
                        url,
                        "username=%s\npassword=%s\n"
                                .formatted(credential.user(), credential.password())));
    }

    private static String description(URIish url, String more) {
        String user = url.getUser() == null ? "" : "username=" + url.getUser() + "\n";
        String port = url.getPort() > 0 ? ":" + url.getPort() : "";
        String path = url.getPath() == null ? "" : url.getPath().replaceFirst("^/", "");
        String text =
                "protocol=%s\nhost=%s%s\npath=%s\n%s"
                        .formatted(
                                url.getScheme(),
                                url.getHost(),
                                port,
                                path.replaceAll("[\\r\\n]", ""),
                                more.isEmpty() ? user : more);
        return text + "\n";
    }

    private static String address(URIish url) {
        return url.setUser(null).setPass(null).toString();
    }

    private static Optional<String> run(List<String> arguments, String input) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(arguments);
        var builder =
                new ProcessBuilder(command)
                        .directory(new java.io.File(System.getProperty("java.io.tmpdir")))
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment
                .keySet()
                .removeIf(name ->
                        name.startsWith("GIT_")
                                && !name.startsWith("GIT_CONFIG")
                                && !name.startsWith("GIT_SSL"));
        environment.remove("SSH_ASKPASS");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_ASKPASS", "");
        environment.put("GIT_DIR", System.getProperty("java.io.tmpdir") + "/no-repository");
        try {
            Process process = builder.start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String output;
            try (InputStream in = process.getInputStream()) {
                output = new String(in.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
            }
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return process.exitValue() == 0 ? Optional.of(output) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // no git here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
