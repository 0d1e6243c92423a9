package io.jwtrawl.verify;

import io.jwtrawl.token.Claims;
import io.jwtrawl.token.Token;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The keys of issuers, as their own servers publish them: OpenID Connect Discovery 1.0, then the JSON Web Key set that it
/// names. Each issuer is asked once in a run, whatever it answers.
public final class Issuers implements KeySource {

    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TrustedIssuers trusted;
    private final HttpsFetch fetch;
    private final int maxIssuers;
    private final Optional<ClientCredentials> client;
    private final Map<String, Answer> answers = new HashMap<>();

    /// What an issuer's server said.
    private sealed interface Answer {
        record Known(KeySet keys, Optional<URI> introspection) implements Answer {}

        record Failed(String why) implements Answer {}
    }

    /// @throws KeyFormatException if a file that the options name cannot be used
    public Issuers(OnlineOptions options) throws KeyFormatException {
        this.trusted = new TrustedIssuers(options.issuers());
        this.fetch = fetch(options);
        this.maxIssuers = options.limits().issuers();
        this.client =
                options.client().isPresent()
                        ? Optional.of(ClientCredentials.read(options.client().get()))
                        : Optional.empty();
    }

    /// The keys at an address that the user gave.
    ///
    /// @throws KeysUnavailableException if there are none to be had
    public static KeySet fetchSet(URI address, OnlineOptions options)
            throws KeyFormatException, KeysUnavailableException, InterruptedException {
        try {
            return JwkReader.read(fetch(options).get(address), "the set that was fetched");
        } catch (FetchException e) {
            throw new KeysUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    private static HttpsFetch fetch(OnlineOptions options) throws KeyFormatException {
        return new HttpsFetch(
                options.limits(),
                new AddressGuard(options.privateAllowed()),
                options.proxies(),
                Tls.sockets(options.authorities()));
    }

    @Override
    public KeySet keysFor(Token token) throws KeysUnavailableException, InterruptedException {
        return switch (ask(token)) {
            case Answer.Known(var keys, _) -> keys;
            case Answer.Failed(var why) -> throw new KeysUnavailableException(why);
        };
    }

    private Answer ask(Token token) throws InterruptedException {
        Optional<String> issuer = token.claims().flatMap(Claims::issuer);
        if (issuer.isEmpty()) {
            return new Answer.Failed("it does not say who issued it");
        }
        String name = issuer.get();
        Answer known = answers.get(name);
        if (known != null) {
            return known;
        }
        Optional<URI> address = trusted.addressOf(name);
        if (address.isEmpty()) {
            return new Answer.Failed("its issuer is not among the trusted ones");
        }
        if (answers.size() >= maxIssuers) {
            return new Answer.Failed("too many issuers were asked already");
        }
        Answer answer = askServer(name);
        answers.put(name, answer);
        return answer;
    }

    private Answer askServer(String issuer) throws InterruptedException {
        String what = "its issuer's configuration ";
        try {
            JsonNode configuration =
                    JSON.readTree(
                            fetch.get(URI.create(issuer.replaceFirst("/+$", "") + DISCOVERY)));
            if (!configuration.path("issuer").asString("").equals(issuer)) {
                return new Answer.Failed(what + "names another issuer");
            }
            what = "its issuer's key set ";
            Optional<URI> keys = address(configuration, "jwks_uri");
            if (keys.isEmpty()) {
                return new Answer.Failed("its issuer publishes no keys");
            }
            return new Answer.Known(
                    JwkReader.read(fetch.get(keys.get()), "its issuer's set"),
                    address(configuration, "introspection_endpoint"));
        } catch (FetchException | KeyFormatException e) {
            return new Answer.Failed(what + e.getMessage());
        } catch (JacksonException e) {
            return new Answer.Failed(what + "is no JSON");
        }
    }

    private static Optional<URI> address(JsonNode configuration, String name) {
        String text = configuration.path(name).asString("");
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(URI.create(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Sends the token to its issuer, which knows it, and to nobody else.
    @Override
    public Activity activityOf(Token token) throws InterruptedException {
        if (client.isEmpty()) {
            return Activity.NOT_ASKED;
        }
        if (!(ask(token) instanceof Answer.Known(_, var introspection))
                || introspection.isEmpty()) {
            return Activity.NO_ANSWER;
        }
        String text = new String(token.text().reveal(), StandardCharsets.ISO_8859_1);
        var post =
                new HttpsFetch.Post(
                        "token=" + URLEncoder.encode(text, StandardCharsets.ISO_8859_1),
                        client.get().authorization());
        try {
            JsonNode active = JSON.readTree(fetch.post(introspection.get(), post)).path("active");
            return !active.isBoolean()
                    ? Activity.NO_ANSWER
                    : active.booleanValue() ? Activity.ACTIVE : Activity.INACTIVE;
        } catch (FetchException | JacksonException e) {
            return Activity.NO_ANSWER;
        }
    }
}
