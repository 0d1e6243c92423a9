package io.jwtrawl.verify;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// An HTTP proxy on loopback (RFC 9110, section 9.3.6). It looks names up in its own way: all lead to one port here.
final class TestProxy implements AutoCloseable {

    private static final String REFUSAL =
            """
            HTTP/1.1 407 Proxy Authentication Required\r
            Proxy-Authenticate: Basic realm="test"\r
            Content-Length: 0\r
            \r
            """;

    private final ServerSocket server;
    private final int target;
    private final String required;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /// @param target the port that every name leads to
    /// @param required what `Proxy-Authorization` has to say; nothing if anybody may come
    TestProxy(int target, String required) throws IOException {
        this.target = target;
        this.required = required;
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::listen);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /// What was asked for, in order, such as `id.example.test:443`, with `!` where it was refused.
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            while (!head.isEmpty()) {
                String host = head.split(" ", -1)[1];
                boolean allowed =
                        required.isEmpty()
                                || head.lines()
                                        .anyMatch(line ->
                                                line.equalsIgnoreCase(
                                                        "Proxy-Authorization: " + required));
                asked.add(host + (allowed ? "" : "!"));
                if (allowed) {
                    tunnel(client);
                    return;
                }
                write(client, REFUSAL);
                head = head(client.getInputStream());
            }
        } catch (IOException e) {
            // Either side went away.
        }
    }

    private void tunnel(Socket client) throws IOException {
        try (var issuer = new Socket(InetAddress.getLoopbackAddress(), target)) {
            write(client, "HTTP/1.1 200 Connection established\r\n\r\n");
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            client.getInputStream().transferTo(issuer.getOutputStream());
                        } catch (IOException e) {
                            // Either side went away.
                        }
                    });
            issuer.getInputStream().transferTo(client.getOutputStream());
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /// Up to the empty line; nothing at the end.
    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
