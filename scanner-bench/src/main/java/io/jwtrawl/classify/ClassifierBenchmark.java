package io.jwtrawl.classify;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.TokenFinder;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.StorageContext;
import io.jwtrawl.token.Token;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What judging one decoded token costs, known secrets apart, and what trying these costs.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ClassifierBenchmark {

    /// An access token as an authorization server issues it, one of a vendor known by the rules, and one with many roles.
    public enum Claims {
        PLAIN(
                "{\"iss\":\"https://issuer.example\",\"sub\":\"u-1\",\"aud\":\"api\",\"client_id\":\"app\","
                        + "\"scope\":\"read:orders write:orders\",\"iat\":1780000000,\"exp\":1780003600,\"jti\":\"1\"}"),
        VENDOR(
                "{\"iss\":\"https://sso.example.org/realms/main\",\"typ\":\"Bearer\",\"azp\":\"app\",\"sub\":\"u-1\","
                        + "\"email\":\"ada@example.org\",\"name\":\"Ada\",\"scope\":\"openid profile\",\"sid\":\"s\","
                        + "\"realm_access\":{\"roles\":[\"user\",\"offline_access\"]},\"iat\":1780000000,\"exp\":1780000300}"),
        MANY_ROLES(
                "{\"iss\":\"https://issuer.example\",\"roles\":["
                        + roles()
                        + "],\"exp\":1780003600}");

        private final String json;

        Claims(String json) {
            this.json = json;
        }

        private static String roles() {
            return String.join(
                    ",",
                    java.util.stream.IntStream.range(0, 20)
                            .mapToObj(i -> "\"team-" + i + "\"")
                            .toList());
        }
    }

    @Param({"PLAIN", "VENDOR", "MANY_ROLES"})
    public Claims claims = Claims.PLAIN;

    private final RuleSet rules = RuleSet.builtIn();
    private final Classifier classifier =
            new Classifier(rules, rules.policy("default"), Instant.parse("2026-06-01T00:00:00Z"));
    private List<Token> tokens = List.of();

    @Setup
    public void read() {
        String text =
                encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}")
                        + "."
                        + encoded(claims.json)
                        + "."
                        + encoded("a signature of thirty-two bytes!");
        tokens =
                List.of(
                        TokenFinder.find(
                                        text.getBytes(StandardCharsets.US_ASCII),
                                        rules,
                                        Limits.DEFAULT)
                                .getFirst()
                                .token());
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Benchmark
    public Classification classify() {
        return classifier.classify(
                classifier.profile(tokens.getFirst()),
                "src/main/app.js",
                StorageContext.SOURCE,
                Optional.empty());
    }

    /// The whole list of known secrets on one token.
    @Benchmark
    public boolean knownSecrets() {
        var search = new WeakSecretSearch(tokens, rules);
        search.run(0, 1, () -> false);
        return search.found().isEmpty();
    }
}
