package io.jwtrawl.verify;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The HTTP proxies that the environment names, and for which servers they are not used: `https_proxy` and `http_proxy`, else
/// `all_proxy`, and `no_proxy`, in small letters or else in capitals, as curl and Git read them. `HTTP_PROXY` is not read,
/// since a web server sets it to what a client says.
public final class Proxies {

    /// Nothing is asked through a proxy.
    public static final Proxies NONE = new Proxies(Map.of(), List.of());

    /// What proxies are named for.
    private static final String HTTPS = "https";

    private static final String HTTP = "http";

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final String ALL = "*";

    /// By the scheme of what is asked through them.
    private final Map<String, Server> servers;

    private final List<String> exceptions;

    private Proxies(Map<String, Server> servers, List<String> exceptions) {
        this.servers = servers;
        this.exceptions = exceptions;
    }

    /// @param credentials `USER:PASSWORD`, if it asks who is there
    record Server(String host, int port, Optional<String> credentials) {

        /// Without the password.
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /// For what is only ever asked over HTTPS.
    ///
    /// @throws IllegalArgumentException saying on one line which variable cannot be used; it quotes nothing of it, since
    ///     there may be a password in it
    public static Proxies of(Map<String, String> environment) {
        return of(environment, List.of(HTTPS));
    }

    /// For HTTP in the clear too.
    ///
    /// @throws IllegalArgumentException as above
    public static Proxies forBoth(Map<String, String> environment) {
        return of(environment, List.of(HTTPS, HTTP));
    }

    private static Proxies of(Map<String, String> environment, List<String> schemes) {
        Map<String, Server> servers = new HashMap<>();
        for (String scheme : schemes) {
            for (String name : List.of(scheme + "_proxy", "all_proxy")) {
                Optional<String> value = variable(environment, name);
                if (value.isPresent()) {
                    servers.put(scheme, server(name, value.get()));
                    break;
                }
            }
        }
        String exceptions = variable(environment, "no_proxy").orElse("").toLowerCase(Locale.ROOT);
        return new Proxies(
                Map.copyOf(servers),
                Arrays.stream(exceptions.split("[,\\s]+", -1))
                        .filter(entry -> !entry.isEmpty())
                        .toList());
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        List<String> values = new ArrayList<>();
        for (String written : List.of(name, name.toUpperCase(Locale.ROOT))) {
            if (environment.containsKey(written) && !written.equals("HTTP_PROXY")) {
                values.add(environment.get(written).strip());
            }
        }
        // An empty one in small letters turns off what the one in capitals says.
        return values.stream().findFirst().filter(value -> !value.isEmpty());
    }

    private static Server server(String name, String value) {
        try {
            var uri = new URI(value.contains("://") ? value : "http://" + value);
            if (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT).startsWith("socks")) {
                throw new IllegalArgumentException(
                        name
                                + ": SOCKS proxies are not supported, only HTTP ones: http://HOST:PORT");
            }
            if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
                throw new IllegalArgumentException(
                        name + ": only HTTP proxies can be used, as http://HOST:PORT");
            }
            return new Server(
                    withoutBrackets(uri.getHost()),
                    uri.getPort() < 0 ? HTTP_PORT : uri.getPort(),
                    Optional.ofNullable(uri.getUserInfo())
                            .map(user -> user.contains(":") ? user : user + ":"));
        } catch (URISyntaxException e) {
            // Its message quotes the password.
            throw new IllegalArgumentException(name + ": is no address such as http://HOST:PORT");
        }
    }

    /// The proxy through which `uri` is to be asked, if there is one.
    Optional<Server> proxyFor(URI uri) {
        String host = withoutBrackets(uri.getHost().toLowerCase(Locale.ROOT));
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int usual = scheme.equals(HTTP) ? HTTP_PORT : HTTPS_PORT;
        int port = uri.getPort() < 0 ? usual : uri.getPort();
        for (String exception : exceptions) {
            if (exception.equals(ALL) || covers(exception, host, port)) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(servers.get(scheme));
    }

    /// `example.org` and `.example.org` cover that name and all below it; a port restricts either.
    /// `10.0.0.0/8` covers the addresses of a network.
    private static boolean covers(String exception, String host, int port) {
        if (exception.indexOf('/') >= 0) {
            return AddressRange.of(exception).filter(range -> range.holds(host)).isPresent();
        }
        String name = exception;
        int colon = exception.lastIndexOf(':');
        if (colon >= 0 && exception.indexOf(':') == colon) {
            if (!exception.substring(colon + 1).equals(String.valueOf(port))) {
                return false;
            }
            name = exception.substring(0, colon);
        }
        name = withoutBrackets(name.startsWith("*.") ? name.substring(1) : name);
        String suffix = name.startsWith(".") ? name : "." + name;
        return host.equals(suffix.substring(1)) || host.endsWith(suffix);
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }

    /// What tells Java's own HTTP client, and so JGit, of them. What the environment names no proxy for is left to `other`.
    public ProxySelector selector(ProxySelector other) {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                if (servers.isEmpty() || uri.getHost() == null || uri.getScheme() == null) {
                    return other.select(uri);
                }
                if (!servers.containsKey(uri.getScheme().toLowerCase(Locale.ROOT))) {
                    return other.select(uri);
                }
                return List.of(
                        proxyFor(uri)
                                .map(server ->
                                        new Proxy(
                                                Proxy.Type.HTTP,
                                                new InetSocketAddress(
                                                        server.host(), server.port())))
                                .orElse(Proxy.NO_PROXY));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                // Whoever asked gets the failure too.
            }
        };
    }

    /// What tells those of them who is there that want to know; nothing if none has a name in it.
    public Optional<Authenticator> authenticator() {
        Map<String, String> pairs = new HashMap<>();
        for (Server server : servers.values()) {
            server.credentials().ifPresent(pair -> pairs.put(server.toString(), pair));
        }
        return pairs.isEmpty() ? Optional.empty() : Optional.of(new ProxyCredentials(pairs));
    }

    @Override
    public String toString() {
        return servers.isEmpty() ? "none" : servers.toString();
    }
}
