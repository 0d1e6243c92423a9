package io.jwtrawl.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import io.jwtrawl.classify.Verification;
import io.jwtrawl.classify.Verification.Outcome;
import io.jwtrawl.rules.Glob;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real HTTPS server on loopback.
class IssuersTest {

    private static final FetchLimits LIMITS =
            new FetchLimits(Duration.ofSeconds(20), 10_000, 1000, 3);

    @TempDir Path folder = Path.of("");

    private TestIssuer issuer;
    private ECKey key;

    @BeforeEach
    void start() throws Exception {
        issuer = new TestIssuer("localhost");
        key = TestIssuer.key("one");
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private OnlineOptions options() throws Exception {
        return new OnlineOptions(
                List.of(Glob.of("https://localhost:*"), Glob.of("https://localhost:*/tenant/*")),
                true,
                Optional.of(issuer.authority(folder)),
                Proxies.NONE,
                Optional.empty(),
                LIMITS);
    }

    private static TokenVerifier verifier(OnlineOptions options) throws Exception {
        return new TokenVerifier(
                List.of(new Issuers(options)),
                new Expectations(Optional.empty(), Optional.empty(), Instant.EPOCH, Duration.ZERO));
    }

    private static Verification check(OnlineOptions options, String token) throws Exception {
        return verifier(options).verify(FoundTokens.the(token)).verification();
    }

    private void assertUnknown(OnlineOptions options, String why) throws Exception {
        Verification result = check(options, issuer.token(key));
        assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(result.detail()).contains(why);
    }

    @Test
    void aTokenIsCheckedWithTheKeysThatItsIssuerPublishes() throws Exception {
        issuer.publishing(TestIssuer.key("other"), key);

        assertThat(check(options(), issuer.token(key)).outcome()).isEqualTo(Outcome.VERIFIED);
        assertThat(check(options(), issuer.token(TestIssuer.key("one"))).outcome())
                .isEqualTo(Outcome.BAD_SIGNATURE);
        assertThat(check(options(), issuer.token(TestIssuer.key("rotated"))).outcome())
                .isEqualTo(Outcome.KEY_GONE);
    }

    @Test
    void anIssuerIsAskedOnceWhateverItAnswers() throws Exception {
        issuer.publishing(key);
        TokenVerifier verifier = verifier(options());
        for (int i = 0; i < 5; i++) {
            verifier.verify(FoundTokens.the(issuer.token(TestIssuer.key("one"))));
        }
        assertThat(issuer.requests()).containsExactly("/.well-known/openid-configuration", "/keys");

        issuer.on(
                "/.well-known/openid-configuration",
                exchange -> TestIssuer.send(exchange, 500, ""));
        TokenVerifier another = verifier(options());
        for (int i = 0; i < 5; i++) {
            another.verify(FoundTokens.the(issuer.token(TestIssuer.key("one"))));
        }
        assertThat(issuer.requests()).hasSize(3);
    }

    @Test
    void onlySoManyIssuersAreAsked() throws Exception {
        TokenVerifier verifier = verifier(options());
        for (int i = 0; i < 6; i++) {
            verifier.verify(
                    FoundTokens.the(TestIssuer.token(key, issuer.address() + "/tenant/" + i)));
        }
        assertThat(issuer.requests()).hasSize(3);
    }

    @Test
    void nobodyIsAskedWhoIsNotTrusted() throws Exception {
        issuer.publishing(key);
        var trustsOthers =
                new OnlineOptions(
                        List.of(Glob.of("https://*.example.org"), Glob.of("https://localhost")),
                        true,
                        Optional.of(issuer.authority(folder)),
                        Proxies.NONE,
                        Optional.empty(),
                        LIMITS);

        assertUnknown(trustsOthers, "not among the trusted");
        assertThat(issuer.requests()).isEmpty();
    }

    @Test
    void nothingInsideThisNetworkIsAskedUnlessAllowed() throws Exception {
        issuer.publishing(key);
        var guarded =
                new OnlineOptions(
                        options().issuers(),
                        false,
                        options().authorities(),
                        Proxies.NONE,
                        Optional.empty(),
                        LIMITS);

        assertUnknown(guarded, "not public");
        assertThat(issuer.requests()).isEmpty();
        assertThatThrownBy(() -> Issuers.fetchSet(URI.create(issuer.address() + "/keys"), guarded))
                .hasMessageContaining("not public");
        for (String host : List.of("127.0.0.1", "[::1]", "2130706433", "0x7f000001", "127.1")) {
            assertThatThrownBy(
                            () -> Issuers.fetchSet(URI.create("https://" + host + "/k"), guarded))
                    .as(host)
                    .isInstanceOf(KeysUnavailableException.class);
        }
        assertThat(issuer.requests()).isEmpty();
    }

    @Test
    void nothingIsAskedWithoutTls() throws Exception {
        assertThatThrownBy(() -> Issuers.fetchSet(URI.create("http://localhost:1/keys"), options()))
                .hasMessageContaining("https");
    }

    @Test
    void aRedirectIsFollowedWithinTheServerOnly() throws Exception {
        issuer.publishing(key);
        try (var other = new TestIssuer("localhost")) {
            String set = "/keys";
            issuer.on("/moved", exchange -> TestIssuer.redirect(exchange, set));
            assertThat(Issuers.fetchSet(URI.create(issuer.address() + "/moved"), options()).keys())
                    .hasSize(1);

            for (String target :
                    List.of(
                            other.address() + set,
                            "http://localhost/keys",
                            "//127.0.0.1/keys",
                            "https://u@localhost/keys")) {
                issuer.on("/moved", exchange -> TestIssuer.redirect(exchange, target));
                assertThatThrownBy(() ->
                                Issuers.fetchSet(
                                        URI.create(issuer.address() + "/moved"), options()))
                        .as(target)
                        .isInstanceOf(KeysUnavailableException.class);
            }
            assertThat(other.requests()).isEmpty();
        }
        issuer.on("/moved", exchange -> TestIssuer.redirect(exchange, "/moved"));
        assertThatThrownBy(
                        () -> Issuers.fetchSet(URI.create(issuer.address() + "/moved"), options()))
                .hasMessageContaining("circles");
    }

    @Test
    void whatAnIssuerAnswersMustBeAboutIt() throws Exception {
        issuer.publishing(key)
                .on(
                        "/.well-known/openid-configuration",
                        "{\"issuer\":\"https://other.example\",\"jwks_uri\":\"%s/keys\"}"
                                .formatted(issuer.address()));
        assertUnknown(options(), "another issuer");

        issuer.on(
                "/.well-known/openid-configuration",
                "{\"issuer\":\"%s\"}".formatted(issuer.address()));
        assertUnknown(options(), "publishes no keys");

        issuer.on("/.well-known/openid-configuration", "<html>");
        assertUnknown(options(), "no JSON");

        issuer.publishing(key).on("/keys", "{}");
        assertUnknown(options(), "neither a JSON Web Key");

        issuer.publishing(key).on("/keys", exchange -> TestIssuer.send(exchange, 403, "no"));
        assertUnknown(options(), "answered 403");
    }

    @Test
    void anAnswerMayNotBeTooLong() throws Exception {
        issuer.publishing(key).on("/keys", " ".repeat(LIMITS.bytes() + 1));

        assertUnknown(options(), "more than 10000 bytes");
    }

    @Test
    void anAnswerMayNotTakeTooLongHoweverSlowlyItComes() throws Exception {
        var done = new CountDownLatch(1);
        issuer.publishing(key)
                .on(
                        "/keys",
                        exchange -> {
                            exchange.sendResponseHeaders(200, 1_000_000);
                            while (done.getCount() > 0) {
                                exchange.getResponseBody().write(' ');
                                exchange.getResponseBody().flush();
                                Thread.sleep(20);
                            }
                        });
        OnlineOptions options = options();
        var impatient =
                new OnlineOptions(
                        options.issuers(),
                        true,
                        options.authorities(),
                        Proxies.NONE,
                        Optional.empty(),
                        new FetchLimits(Duration.ofSeconds(1), 10_000, 1000, 3));
        try {
            assertUnknown(impatient, "took too long");
        } finally {
            done.countDown();
        }
    }

    @Test
    void aCertificateMustBeTrustedAndForThisServer() throws Exception {
        issuer.publishing(key);
        var trustsJavaOnly =
                new OnlineOptions(
                        options().issuers(),
                        true,
                        Optional.empty(),
                        Proxies.NONE,
                        Optional.empty(),
                        LIMITS);
        assertUnknown(trustsJavaOnly, "could not be trusted");
        assertThat(issuer.requests()).isEmpty();

        issuer.close();
        issuer = new TestIssuer("elsewhere.example");
        issuer.publishing(key);
        assertUnknown(options(), "could not be trusted");
        assertThat(issuer.requests()).isEmpty();
    }

    private OnlineOptions asking() throws Exception {
        Path client = Files.writeString(folder.resolve("client"), "me:pass word\n");
        return new OnlineOptions(
                options().issuers(),
                true,
                options().authorities(),
                Proxies.NONE,
                Optional.of(client),
                LIMITS);
    }

    @Test
    void anIssuerIsAskedWhetherATokenStillWorks() throws Exception {
        String token = issuer.token(key);
        issuer.publishing(key)
                .on(
                        "/introspect",
                        exchange -> {
                            String form =
                                    new String(
                                            exchange.getRequestBody().readAllBytes(),
                                            StandardCharsets.UTF_8);
                            String who =
                                    exchange.getRequestHeaders()
                                            .getFirst("Authorization")
                                            .substring("Basic ".length());
                            boolean right =
                                    form.equals("token=" + token)
                                            && new String(
                                                            Base64.getDecoder().decode(who),
                                                            StandardCharsets.UTF_8)
                                                    .equals("me:pass+word");
                            TestIssuer.send(exchange, right ? 200 : 401, "{\"active\":false}");
                        });
        assertThat(check(asking(), token).outcome()).isEqualTo(Outcome.INACTIVE);

        issuer.on("/introspect", "{\"active\":true}");
        assertThat(check(asking(), token))
                .satisfies(result -> {
                    assertThat(result.outcome()).isEqualTo(Outcome.VERIFIED);
                    assertThat(result.detail()).contains("says that it works");
                });
        for (String nonsense : List.of("{}", "{\"active\":\"no\"}", "<html>")) {
            issuer.on("/introspect", nonsense);
            assertThat(check(asking(), token).detail()).contains("did not say");
        }
        assertThat(check(options(), token).detail()).doesNotContain("say");
    }

    @Test
    void aTokenThatIsNotGenuineIsSentToNobody() throws Exception {
        issuer.publishing(key).on("/introspect", "{\"active\":true}");

        assertThat(check(asking(), issuer.token(TestIssuer.key("one"))).outcome())
                .isEqualTo(Outcome.BAD_SIGNATURE);
        assertThat(issuer.requests()).doesNotContain("/introspect");
    }

    @Test
    void credentialsAreOneLine() throws Exception {
        for (String broken : List.of("", "me", ":x", "a:b\nc:d")) {
            Path client = Files.writeString(folder.resolve("client"), broken);
            assertThatThrownBy(() -> ClientCredentials.read(client))
                    .isInstanceOf(KeyFormatException.class);
        }
        assertThat(ClientCredentials.read(Files.writeString(folder.resolve("c"), "me:secret")))
                .hasToString("ClientCredentials[2 characters]");
    }
}
