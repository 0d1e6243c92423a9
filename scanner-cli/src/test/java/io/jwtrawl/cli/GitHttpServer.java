package io.jwtrawl.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// Serves repositories as any web server would: by the `git http-backend` that comes with Git, here started for each
/// request (RFC 3875). Asked for a URL of another server, as proxies are, it answers in its place.
final class GitHttpServer implements AutoCloseable {

    private final HttpServer server;
    private final Path root;

    /// The header and its value that whoever asks has to come with.
    private final Map.Entry<String, String> required;

    /// Every value of the required header that came.
    final List<String> seen = new CopyOnWriteArrayList<>();

    private GitHttpServer(HttpServer server, Path root, Map.Entry<String, String> required) {
        this.server = server;
        this.root = root;
        this.required = required;
    }

    static GitHttpServer start(Path root) throws IOException {
        return start(root, Map.entry("Host", ""));
    }

    /// @param required a header, and the value that it must have; any if empty
    static GitHttpServer start(Path root, Map.Entry<String, String> required) throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var git = new GitHttpServer(server, root, required);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", git::answer);
        server.start();
        return git;
    }

    String url(String user) {
        return "http://" + user + "127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String value = exchange.getRequestHeaders().getFirst(required.getKey());
            if (value != null) {
                seen.add(value);
            }
            if (!required.getValue().isEmpty() && !required.getValue().equals(value)) {
                boolean isProxy = required.getKey().startsWith("Proxy-");
                exchange.getResponseHeaders()
                        .add(
                                isProxy ? "Proxy-Authenticate" : "WWW-Authenticate",
                                "Basic realm=\"git\"");
                exchange.sendResponseHeaders(isProxy ? 407 : 401, -1);
                return;
            }
            if (exchange.getRequestURI().getPath().startsWith("/moved/")) {
                exchange.getResponseHeaders()
                        .add(
                                "Location",
                                url("").replace("127.0.0.1", "localhost")
                                        + exchange.getRequestURI()
                                                .toString()
                                                .substring("/moved/".length()));
                exchange.sendResponseHeaders(301, -1);
                return;
            }
            run(exchange);
        }
    }

    private void run(HttpExchange exchange) throws IOException {
        var builder = new ProcessBuilder("git", "http-backend");
        Map<String, String> environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", root.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("GIT_CONFIG_COUNT", "2");
        environment.put("GIT_CONFIG_KEY_0", "safe.directory");
        environment.put("GIT_CONFIG_VALUE_0", "*");
        environment.put("GIT_CONFIG_KEY_1", "uploadpack.allowFilter");
        environment.put("GIT_CONFIG_VALUE_1", "true");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        String query = exchange.getRequestURI().getQuery();
        environment.put("QUERY_STRING", query == null ? "" : query);
        for (var header :
                Map.of(
                                "CONTENT_TYPE", "Content-Type",
                                "HTTP_CONTENT_ENCODING", "Content-Encoding",
                                "HTTP_GIT_PROTOCOL", "Git-Protocol")
                        .entrySet()) {
            String value = exchange.getRequestHeaders().getFirst(header.getValue());
            if (value != null) {
                environment.put(header.getKey(), value);
            }
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        environment.put("CONTENT_LENGTH", String.valueOf(body.length));
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var in = process.getOutputStream()) {
            in.write(body);
        }
        byte[] output;
        try (InputStream out = process.getInputStream()) {
            output = out.readAllBytes();
        }
        reply(exchange, output);
    }

    private static void reply(HttpExchange exchange, byte[] output) throws IOException {
        int status = 200;
        int at = 0;
        while (true) {
            var line = new ByteArrayOutputStream();
            while (output[at] != '\n') {
                line.write(output[at++]);
            }
            at++;
            String header = line.toString(StandardCharsets.UTF_8).strip();
            if (header.isEmpty()) {
                break;
            }
            String[] parts = header.split(": *", 2);
            if (parts[0].equals("Status")) {
                status = Integer.parseInt(parts[1].split(" ", 2)[0]);
            } else {
                exchange.getResponseHeaders().add(parts[0], parts[1]);
            }
        }
        byte[] content = Arrays.copyOfRange(output, at, output.length);
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
