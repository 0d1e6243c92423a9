package io.jwtrawl.verify;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The HTTP proxy that the environment names, and for which servers it is not used: `https_proxy`, else `all_proxy`, and
/// `no_proxy`, in small letters or else in capitals, as curl and Git read them.
public final class Proxies {

    /// Nothing is asked through a proxy.
    public static final Proxies NONE = new Proxies(Optional.empty(), List.of());

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final String ALL = "*";

    private final Optional<Server> server;
    private final List<String> exceptions;

    private Proxies(Optional<Server> server, List<String> exceptions) {
        this.server = server;
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

    /// @throws IllegalArgumentException saying on one line which variable cannot be used; it quotes nothing of it, since
    ///     there may be a password in it
    public static Proxies of(Map<String, String> environment) {
        for (String name : List.of("https_proxy", "all_proxy")) {
            Optional<String> value = variable(environment, name);
            if (value.isPresent()) {
                return new Proxies(
                        Optional.of(server(name, value.get())),
                        variable(environment, "no_proxy")
                                .map(text ->
                                        Arrays.stream(
                                                        text.toLowerCase(Locale.ROOT)
                                                                .split("[,\\s]+", -1))
                                                .filter(entry -> !entry.isEmpty())
                                                .toList())
                                .orElse(List.of()));
            }
        }
        return NONE;
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        List<String> values = new ArrayList<>();
        for (String written : List.of(name, name.toUpperCase(Locale.ROOT))) {
            if (environment.containsKey(written)) {
                values.add(environment.get(written).strip());
            }
        }
        // An empty one in small letters turns off what the one in capitals says.
        return values.stream().findFirst().filter(value -> !value.isEmpty());
    }

    private static Server server(String name, String value) {
        try {
            var uri = new URI(value.contains("://") ? value : "http://" + value);
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
        int port = uri.getPort() < 0 ? HTTPS_PORT : uri.getPort();
        for (String exception : exceptions) {
            if (exception.equals(ALL) || covers(exception, host, port)) {
                return Optional.empty();
            }
        }
        return server;
    }

    /// `example.org` and `.example.org` cover that name and all below it; a port restricts either.
    private static boolean covers(String exception, String host, int port) {
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

    @Override
    public String toString() {
        return server.map(Server::toString).orElse("none");
    }
}
