package io.jwtrawl.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.rules.Policy;
import io.jwtrawl.rules.StorageContext;
import io.jwtrawl.testkit.Tokens;
import io.jwtrawl.testkit.Tries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What must hold of the rating of any token, by every policy that the program comes with.
class RatingPropertyTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int YEARS = 20 * 365 * 24 * 3600;

    private static final List<StorageContext> PLACES = List.of(StorageContext.values());

    /// From the least to the most privileged.
    private static final List<String> SCOPES =
            List.of("openid", "something-of-our-own", "read:x", "write:x", "admin");

    @ParameterizedTest
    @ValueSource(strings = {"default", "strict", "incident"})
    void livingLongerNeverLowersAScore(String id) {
        Tries.run(
                120,
                random -> {
                    var some = new Some(random, id);
                    ObjectNode claims = some.claims();
                    long[] expiries = {
                        some.moment(), some.moment(), some.soon(), some.soon(), some.soon()
                    };
                    Arrays.sort(expiries);
                    int previous = 0;
                    String last = "";
                    for (long expiry : expiries) {
                        claims.put("exp", expiry);
                        Rating rating = some.rate(claims);
                        assertThat(rating.score())
                                .as("%s after %s", rating, last)
                                .isGreaterThanOrEqualTo(previous);
                        previous = rating.score();
                        last = rating.toString();
                    }
                    claims.remove("exp");
                    assertThat(some.rate(claims).score())
                            .as("for ever, after %s: %s", last, some.rate(claims))
                            .isGreaterThanOrEqualTo(previous);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "strict", "incident"})
    void morePrivilegeNeverLowersAScore(String id) {
        Tries.run(
                120,
                random -> {
                    var some = new Some(random, id);
                    ObjectNode claims = some.claims();
                    if (random.nextInt(5) > 0) {
                        claims.put("exp", random.nextBoolean() ? some.soon() : some.moment());
                    }
                    claims.remove("roles");
                    int previous = 0;
                    for (String scope : SCOPES) {
                        claims.put("scope", scope);
                        Rating rating = some.rate(claims);
                        assertThat(rating.score())
                                .as("%s: %s", scope, rating)
                                .isGreaterThanOrEqualTo(previous);
                        previous = rating.score();
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "strict", "incident"})
    void aMorePublicPlaceNeverLowersAScore(String id) {
        Tries.run(
                60,
                random -> {
                    var some = new Some(random, id);
                    ObjectNode claims = some.claims();
                    claims.put("exp", some.soon());
                    String token = some.token(claims);
                    List<StorageContext> places = new ArrayList<>(PLACES);
                    places.sort(Comparator.comparing(some.policy.contexts()::get));
                    int previous = 0;
                    for (StorageContext place : places) {
                        int score = Judged.quickly(some.policy, token, place, some.since).score();
                        assertThat(score).as("%s", place).isGreaterThanOrEqualTo(previous);
                        previous = score;
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "strict", "incident"})
    void theOrderOfTheClaimsDoesNotMatter(String id) {
        Tries.run(
                60,
                random -> {
                    var some = new Some(random, id);
                    ObjectNode claims = some.claims();
                    ArrayNode roles =
                            claims.putObject("resource_access").putObject("a").putArray("roles");
                    for (int i = 0; i < random.nextInt(400); i++) {
                        roles.add("role-" + random.nextInt());
                    }
                    claims.withObject("/resource_access")
                            .putObject("b")
                            .putArray("roles")
                            .add("admin");
                    claims.putObject("realm_access").putArray("roles").add("read").add("x-1");
                    claims.put("https://example.org/roles", "write");
                    Classification before =
                            Judged.by(
                                    some.policy,
                                    some.token(claims),
                                    StorageContext.UNKNOWN,
                                    some.since);
                    Classification after =
                            Judged.by(
                                    some.policy,
                                    some.token((ObjectNode) shuffled(claims, random)),
                                    StorageContext.UNKNOWN,
                                    some.since);
                    assertThat(after.rating()).isEqualTo(before.rating());
                    assertThat(after.exposure()).isEqualTo(before.exposure());
                });
    }

    private static JsonNode shuffled(JsonNode json, Random random) {
        if (!(json instanceof ObjectNode object)) {
            return json;
        }
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
        Collections.shuffle(members, random);
        ObjectNode shuffled = JSON.createObjectNode();
        members.forEach(
                member -> shuffled.set(member.getKey(), shuffled(member.getValue(), random)));
        return shuffled;
    }

    /// Some policy, place, history and claims.
    private static final class Some {
        private final Random random;
        private final Policy policy;
        private final StorageContext context;
        private final Optional<Instant> since;
        private final String header;

        Some(Random random, String policy) {
            this.random = random;
            this.policy = Judged.RULES.policy(policy);
            this.context = PLACES.get(random.nextInt(PLACES.size()));
            this.since =
                    random.nextBoolean()
                            ? Optional.empty()
                            : Optional.of(Judged.NOW.minus(Duration.ofDays(random.nextInt(4000))));
            this.header =
                    random.nextInt(4) == 0
                            ? "{\"alg\":\"HS256\",\"kid\":\"../key\",\"jku\":\"https://a.example\"}"
                            : "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
        }

        ObjectNode claims() {
            ObjectNode claims = JSON.createObjectNode();
            maybe(() -> claims.put("iss", "https://issuer.example"));
            maybe(() -> claims.put("aud", random.nextBoolean() ? "api" : "*"));
            maybe(() ->
                    claims.put("sub", random.nextBoolean() ? "ada" : "system:serviceaccount:a:b"));
            maybe(() -> claims.put("email", "ada@example.org"));
            maybe(() -> claims.put("iat", moment()));
            maybe(() -> claims.put("nbf", random.nextBoolean() ? moment() : soon()));
            maybe(() -> claims.put("token_use", random.nextBoolean() ? "refresh" : "access"));
            maybe(() -> claims.put("scope", SCOPES.get(random.nextInt(SCOPES.size()))));
            maybe(() -> claims.putArray("roles").add("x").add("y"));
            maybe(() -> claims.put("password", "hunter22"));
            maybe(() -> claims.put("jti", "j" + random.nextInt()));
            return claims;
        }

        private void maybe(Runnable addition) {
            if (random.nextInt(3) == 0) {
                addition.run();
            }
        }

        /// Within twenty years of now.
        long moment() {
            return Judged.NOW.getEpochSecond() + random.nextInt(-YEARS, YEARS);
        }

        /// Where limits lie: within hours, days or months.
        long soon() {
            int most = new int[] {7_200, 200_000, 10_000_000}[random.nextInt(3)];
            return Judged.NOW.getEpochSecond() + random.nextInt(-most, most);
        }

        String token(ObjectNode claims) {
            return Tokens.signed(header, claims.toString());
        }

        Rating rate(ObjectNode claims) {
            return Judged.quickly(policy, token(claims), context, since);
        }
    }
}
