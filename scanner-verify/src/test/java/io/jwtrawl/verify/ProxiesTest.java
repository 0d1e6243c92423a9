package io.jwtrawl.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import io.jwtrawl.classify.Verification;
import io.jwtrawl.classify.Verification.Outcome;
import io.jwtrawl.rules.Glob;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Through a proxy that looks up names which nobody else can.
class ProxiesTest {

    private static final FetchLimits LIMITS =
            new FetchLimits(Duration.ofSeconds(20), 10_000, 1000, 3);
    private static final String NAME = "id.jwtrawl-test.example";

    @TempDir Path folder = Path.of("");

    private TestIssuer issuer;
    private ECKey key;

    @BeforeEach
    void start() throws Exception {
        issuer = new TestIssuer(NAME);
        key = TestIssuer.key("one");
        issuer.publishing(key)
                .on(
                        "/.well-known/openid-configuration",
                        "{\"issuer\":\"https://%1$s\",\"jwks_uri\":\"https://%1$s/keys\"}"
                                .formatted(NAME));
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private TestProxy proxy(String required) throws Exception {
        return new TestProxy(URI.create(issuer.address()).getPort(), required);
    }

    private Verification check(String of, Map<String, String> environment) throws Exception {
        var options =
                new OnlineOptions(
                        List.of(Glob.of("https://*")),
                        false,
                        Optional.of(issuer.authority(folder)),
                        Proxies.of(environment),
                        Optional.empty(),
                        LIMITS);
        return new TokenVerifier(
                        List.of(new Issuers(options)),
                        new Expectations(
                                Optional.empty(), Optional.empty(), Instant.EPOCH, Duration.ZERO))
                .verify(FoundTokens.the(TestIssuer.token(key, of)))
                .verification();
    }

    @Test
    void anIssuerIsAskedThroughTheProxy() throws Exception {
        try (TestProxy proxy = proxy("")) {
            Verification result =
                    check("https://" + NAME, Map.of("https_proxy", "http://" + proxy.address()));
            assertThat(result.outcome()).as(result.detail()).isEqualTo(Outcome.VERIFIED);
            assertThat(proxy.asked()).isNotEmpty().containsOnly(NAME + ":443");
        }
    }

    @Test
    void withoutTheProxyTheNameIsUnknown() throws Exception {
        assertThat(check("https://" + NAME, Map.of()).detail()).contains("cannot be looked up");
        try (TestProxy proxy = proxy("")) {
            var environment =
                    Map.of("https_proxy", proxy.address(), "NO_PROXY", "other.example, " + NAME);
            assertThat(check("https://" + NAME, environment).detail())
                    .contains("cannot be looked up");
            assertThat(proxy.asked()).isEmpty();
        }
    }

    /// The certificate is checked behind the proxy as it is without one.
    @Test
    void aProxyCannotAnswerForAServer() throws Exception {
        try (TestProxy proxy = proxy("")) {
            Verification result =
                    check(
                            "https://other.jwtrawl-test.example",
                            Map.of("https_proxy", proxy.address()));
            assertThat(result.detail()).contains("could not be trusted");
            assertThat(issuer.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1", "https://10.1.2.3", "https://169.254.169.254", "https://[::1]",
                "https://localhost", "https://vault", "https://vault.internal", "https://id.corp",
                "https://id.local", "https://id.home.arpa", "https://id.example.lan."
            })
    void aProxyIsNoWayInside(String address) throws Exception {
        try (TestProxy proxy = proxy("")) {
            assertThat(check(address, Map.of("https_proxy", proxy.address())).outcome())
                    .isEqualTo(Outcome.UNKNOWN);
            assertThat(proxy.asked()).isEmpty();
        }
    }

    @Test
    void theProxyLearnsWhoIsThereAndTheIssuerDoesNot() throws Exception {
        String pair =
                Base64.getEncoder().encodeToString("me:p@ss".getBytes(StandardCharsets.UTF_8));
        try (TestProxy proxy = proxy("Basic " + pair)) {
            Verification result =
                    check(
                            "https://" + NAME,
                            Map.of("https_proxy", "http://me:p%40ss@" + proxy.address()));
            assertThat(result.outcome()).as(result.detail()).isEqualTo(Outcome.VERIFIED);
            assertThat(proxy.asked()).contains(NAME + ":443!", NAME + ":443");

            Verification wrong =
                    check(
                            "https://" + NAME,
                            Map.of("https_proxy", "http://me:wrong@" + proxy.address()));
            assertThat(wrong.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(wrong.detail()).contains("407").doesNotContain("wrong");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https_proxy=p:1                                    | https://a.example     | p:1",
                "https_proxy=http://p                               | https://a.example     | p:80",
                "https_proxy=http://[::1]:3128/                     | https://a.example     | ::1:3128",
                "HTTPS_PROXY=http://u:w@p:2                         | https://a.example     | p:2",
                "all_proxy=p:3                                      | https://a.example     | p:3",
                "https_proxy=p:1 HTTPS_PROXY=q:2 ALL_PROXY=r:3      | https://a.example     | p:1",
                "https_proxy= HTTPS_PROXY=q:2                       | https://a.example     | none",
                "http_proxy=p:1                                     | https://a.example     | none",
                "https_proxy=p:1 no_proxy=*                         | https://a.example     | none",
                "https_proxy=p:1 no_proxy=example                   | https://a.Example     | none",
                "https_proxy=p:1 no_proxy=.a.example                | https://a.example     | none",
                "https_proxy=p:1 no_proxy=*.example                 | https://b.a.example   | none",
                "https_proxy=p:1 no_proxy=a.example:443             | https://a.example     | none",
                "https_proxy=p:1 no_proxy=a.example:8443            | https://a.example     | p:1",
                "https_proxy=p:1 no_proxy=b.example,,,xample        | https://a.example     | p:1",
                "https_proxy=p:1 no_proxy=a.example                 | https://aa.example    | p:1",
                "https_proxy=p:1 no_proxy=10.0.0.1,::1              | https://[::1]         | none",
                "https_proxy=p:1 no_proxy=10.0.0.0/8                | https://10.1.2.3      | none",
                "https_proxy=p:1 no_proxy=10.0.0.0/8                | https://11.1.2.3      | p:1",
                "https_proxy=p:1 no_proxy=192.0.2.128/25            | https://192.0.2.127   | p:1",
                "https_proxy=p:1 no_proxy=192.0.2.128/25            | https://192.0.2.255   | none",
                "https_proxy=p:1 no_proxy=0.0.0.0/0                 | https://a.example     | p:1",
                "https_proxy=p:1 no_proxy=2001:db8::/33             | https://[2001:db8::1] | none",
                "https_proxy=p:1 no_proxy=2001:db8::/33             | https://[2001:db8:8000::1] | p:1",
                "https_proxy=p:1 no_proxy=10.0.0.0/99,/,a/b         | https://10.1.2.3      | p:1",
            })
    void readsTheEnvironmentAsOthersDo(String environment, String address, String expected) {
        assertThat(
                        Proxies.of(variables(environment))
                                .proxyFor(URI.create(address))
                                .map(Proxies.Server::toString)
                                .orElse("none"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https_proxy=p:1 http_proxy=q:2                     | http://a.example      | q:2",
                "https_proxy=p:1 http_proxy=q:2                     | https://a.example     | p:1",
                "https_proxy=p:1                                    | http://a.example      | DIRECT",
                "all_proxy=r:3                                      | http://a.example      | r:3",
                "HTTP_PROXY=q:2                                     | http://a.example      | DIRECT",
                "http_proxy=q:2 no_proxy=a.example:80               | http://a.example      | none",
                "http_proxy=q:2 no_proxy=10.0.0.0/8                 | http://10.9.9.9/x     | none",
            })
    void tellsJavasOwnClient(String environment, String address, String expected) {
        List<Proxy> selected =
                Proxies.forBoth(variables(environment))
                        .selector(ELSEWHERE)
                        .select(URI.create(address));
        String shown =
                switch (selected.getFirst().address()) {
                    case null -> selected.getFirst().equals(Proxy.NO_PROXY) ? "none" : "?";
                    case InetSocketAddress server ->
                            server.getPort() == 9
                                    ? "DIRECT"
                                    : server.getHostString() + ":" + server.getPort();
                    default -> "?";
                };
        assertThat(shown).isEqualTo(expected);
    }

    /// What Java's own settings say.
    private static final ProxySelector ELSEWHERE =
            ProxySelector.of(InetSocketAddress.createUnresolved("java", 9));

    private static Map<String, String> variables(String environment) {
        Map<String, String> variables = new java.util.HashMap<>();
        for (String variable : environment.split(" ", -1)) {
            variables.put(
                    variable.substring(0, variable.indexOf('=')),
                    variable.substring(variable.indexOf('=') + 1));
        }
        return variables;
    }

    @Test
    void namesSocksProxiesAsNotSupported() {
        assertThatThrownBy(() -> Proxies.of(Map.of("all_proxy", "socks5h://me:hush@p:1")))
                .hasMessage(
                        "all_proxy: SOCKS proxies are not supported, only HTTP ones: http://HOST:PORT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks5://me:hush@p:1",
                "https://me:hush@p:1",
                "http://me:hush@p:x",
                "me:hush@ p",
                "http://"
            })
    void saysWhatCannotBeUsedWithoutItsPassword(String value) {
        assertThatThrownBy(() -> Proxies.of(Map.of("https_proxy", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("https_proxy: ")
                .hasMessageNotContaining("hush")
                .hasNoCause();
    }
}
