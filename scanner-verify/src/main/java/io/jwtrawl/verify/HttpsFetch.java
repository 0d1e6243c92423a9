package io.jwtrawl.verify;

import io.jwtrawl.source.FailureText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/// Asks servers over HTTPS, within limits, and none that an [AddressGuard] does not allow. A proxy connects where nobody
/// here can check: of servers behind one, the guard knows the name, and the address if that can be looked up here too.
final class HttpsFetch {

    static {
        // Java tells a proxy no password in the clear, though whoever names one asks for just that.
        // Read once, when the first connection is made.
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    }

    private static final int MAX_REDIRECTS = 3;
    private static final int MAX_MILLIS = 60_000;

    private final FetchLimits limits;
    private final AddressGuard guard;
    private final Proxies proxies;
    private final SSLSocketFactory tls;
    private final SSLSocketFactory sockets;
    private final RateLimit rate;

    /// What is posted, in the form of HTML forms, with the credentials that go with it.
    record Post(String form, String authorization) {

        /// Holds a token and a password.
        @Override
        public String toString() {
            return "Post[" + form.length() + " characters]";
        }
    }

    HttpsFetch(FetchLimits limits, AddressGuard guard, Proxies proxies, SSLSocketFactory tls) {
        this.limits = limits;
        this.guard = guard;
        this.proxies = proxies;
        this.tls = tls;
        this.sockets = new CheckedSockets(tls, guard::allows);
        this.rate = RateLimit.of(limits.perSecond());
    }

    /// The body of the answer, as text.
    String get(URI uri) throws FetchException, InterruptedException {
        return request(uri, Optional.empty());
    }

    String post(URI uri, Post post) throws FetchException, InterruptedException {
        return request(uri, Optional.of(post));
    }

    private String request(URI uri, Optional<Post> post)
            throws FetchException, InterruptedException {
        rate.await();
        // A server that sends a byte now and then would never run into a time limit of the
        // connection itself. Whoever is
        // interrupted in a virtual thread has its socket closed.
        var task = new FutureTask<String>(() -> follow(uri, post));
        Thread thread = Thread.ofVirtual().name("jwtrawl-fetch").start(task);
        try {
            return task.get(limits.total().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new FetchException("took too long", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw cause instanceof FetchException known
                    ? known
                    : new FetchException(what(cause), e);
        } finally {
            thread.interrupt();
        }
    }

    private static String what(Throwable failure) {
        return switch (failure) {
            case UnknownHostException _ -> "has a name that cannot be looked up";
            case SSLException _ -> "could not be trusted: its certificate or TLS failed";
            default -> "could not be reached: " + FailureText.of(failure);
        };
    }

    private String follow(URI start, Optional<Post> post) throws IOException {
        URI uri = requireHttps(start);
        for (int i = 0; i <= MAX_REDIRECTS; i++) {
            Optional<Proxies.Server> proxy = proxies.proxyFor(uri);
            requireAllowed(uri.getHost(), proxy.isPresent());
            HttpsURLConnection connection =
                    proxy.isPresent() ? open(uri, proxy.get()) : open(uri, Proxy.NO_PROXY, sockets);
            try {
                if (post.isPresent()) {
                    send(connection, post.get());
                }
                int status = connection.getResponseCode();
                if (status == HttpURLConnection.HTTP_OK) {
                    return body(connection);
                }
                Optional<URI> target =
                        post.isPresent() ? Optional.empty() : redirect(uri, connection, status);
                if (target.isEmpty()) {
                    throw new FetchException("answered " + status);
                }
                uri = target.get();
            } finally {
                connection.disconnect();
            }
        }
        throw new FetchException("redirects in circles");
    }

    private HttpsURLConnection open(URI uri, Proxies.Server server) throws IOException {
        InetAddress address;
        try {
            address = InetAddress.getByName(server.host());
        } catch (UnknownHostException e) {
            throw new FetchException(
                    "could not be reached: the name of the proxy cannot be looked up", e);
        }
        HttpsURLConnection connection =
                open(
                        uri,
                        new Proxy(Proxy.Type.HTTP, new InetSocketAddress(address, server.port())),
                        new CheckedSockets(tls, address::equals));
        server.credentials()
                .ifPresent(pair ->
                        connection.setAuthenticator(
                                new ProxyCredentials(Map.of(server.toString(), pair))));
        return connection;
    }

    private HttpsURLConnection open(URI uri, Proxy proxy, SSLSocketFactory sockets)
            throws IOException {
        var connection = (HttpsURLConnection) uri.toURL().openConnection(proxy);
        int millis = (int) Math.min(MAX_MILLIS, limits.total().toMillis());
        connection.setSSLSocketFactory(sockets);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("User-Agent", "jwtrawl");
        return connection;
    }

    private static void send(HttpsURLConnection connection, Post post) throws IOException {
        byte[] form = post.form().getBytes(StandardCharsets.US_ASCII);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(form.length); // so that it is never sent twice
        connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
        connection.setRequestProperty("Authorization", post.authorization());
        try (OutputStream out = connection.getOutputStream()) {
            out.write(form);
        }
    }

    private String body(HttpsURLConnection connection) throws IOException {
        try (InputStream in = connection.getInputStream()) {
            byte[] content = in.readNBytes(limits.bytes() + 1);
            if (content.length > limits.bytes()) {
                throw new FetchException("answered more than " + limits.bytes() + " bytes");
            }
            return new String(content, StandardCharsets.UTF_8);
        }
    }

    /// Where the answer leads, if it is a redirect within the same server.
    private static Optional<URI> redirect(URI from, HttpsURLConnection connection, int status)
            throws IOException {
        String location = connection.getHeaderField("Location");
        if (status < 300 || status > 399 || location == null) {
            return Optional.empty();
        }
        URI target;
        try {
            target = requireHttps(from.resolve(location));
        } catch (IllegalArgumentException e) {
            throw new FetchException("redirects to nowhere", e);
        }
        if (!target.getHost()
                        .toLowerCase(Locale.ROOT)
                        .equals(from.getHost().toLowerCase(Locale.ROOT))
                || target.getPort() != from.getPort()) {
            throw new FetchException("redirects to another server");
        }
        return Optional.of(target);
    }

    private static URI requireHttps(URI uri) throws FetchException {
        if (!"https".equalsIgnoreCase(uri.getScheme())
                || uri.getHost() == null
                || uri.getRawUserInfo() != null) {
            throw new FetchException("is no plain https address");
        }
        return uri;
    }

    /// @param proxied whether a name that cannot be looked up here may be one that a proxy can
    private void requireAllowed(String host, boolean proxied) throws IOException {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            if (!proxied) {
                throw e;
            }
            if (!guard.allowsUnknown(host)) {
                throw new FetchException("has a name that is for networks of one's own", e);
            }
            return;
        }
        for (InetAddress address : addresses) {
            if (!guard.allows(address)) {
                throw new FetchException("lies at an address that is not public");
            }
        }
    }
}
