package io.jwtrawl.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.TokenFinder;
import io.jwtrawl.rules.Level;
import io.jwtrawl.rules.Policy;
import io.jwtrawl.rules.Privilege;
import io.jwtrawl.rules.ReasonCode;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.StorageContext;
import io.jwtrawl.rules.SubjectKind;
import io.jwtrawl.testkit.Tokens;
import io.jwtrawl.token.Sighting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifierTest {

    private static final RuleSet RULES = RuleSet.builtIn();
    private static final Policy POLICY = RULES.policy("default");
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    /// The table of the rating: EXP is replaced by so many seconds from now.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // works now and is privileged
                "critical | 3600      | {'iss':'https://i.example','scope':'admin','exp':EXP}",
                "critical | 3600      | {'realm_access':{'roles':['user','realm-admin']},'exp':EXP}",
                "critical | 3600      | {'admin':true,'exp':EXP}",
                // never expires and belongs to a machine
                "critical | 0         | {'sub':'system:serviceaccount:default:robot'}",
                "critical | 0         | {'iss':'kubernetes/serviceaccount','kubernetes.io/serviceaccount/service-account.name':'r'}",
                "critical | 300000000 | {'iss':'supabase','ref':'x','role':'service_role','exp':EXP}",
                // works now with real scope, or for ever, or buys new tokens
                "high     | 3600      | {'scope':'read:orders','exp':EXP}",
                "high     | 3600      | {'scp':['openid','write:orders'],'exp':EXP}",
                "high     | 0         | {'sub':'somebody'}",
                "high     | 3600      | {'iss':'https://sso.example.org/realms/x','typ':'Refresh','exp':EXP}",
                "high     | 3600      | {'iss':'https://i.example','sub':'somebody','exp':EXP}",
                "high     | -600      | {'iss':'https://i.example','sub':'somebody','exp':EXP}",
                "high     | -600      | {'scope':'admin','exp':EXP}",
                // public by design, or too thin to tell
                "medium   | 300000000 | {'iss':'supabase','ref':'x','role':'anon','exp':EXP}",
                "medium   | 3600      | {'sub':'somebody','exp':EXP}",
                "medium   | 3600      | {'scope':'openid profile','exp':EXP}",
                "medium   | -600      | {'sub':'somebody','exp':EXP}",
                // expired
                "low      | -864000   | {'scope':'admin','exp':EXP}",
                "low      | -86400000 | {'scope':'admin','exp':EXP,'iat':1}",
                "medium   | -864000   | {'scope':'admin','exp':EXP,'iat':1}",
                // placeholders
                "info     | 0         | {'sub':'1234567890','name':'John Doe','admin':true}",
            })
    void ratesByTheTable(String level, long seconds, String claims) {
        String json =
                claims.replace('\'', '"')
                        .replace("EXP", String.valueOf(NOW.plusSeconds(seconds).getEpochSecond()));
        Rating rating = classify(Tokens.signed(json)).rating();
        assertThat(rating.level())
                .as(rating.toString())
                .isEqualTo(Level.valueOf(level.toUpperCase(java.util.Locale.ROOT)));
    }

    @Test
    void whatAnyoneCanForgeIsCriticalHoweverOldItIs() {
        Classification classification = classify(Tokens.unsecured("{\"sub\":\"x\",\"exp\":1}"));
        assertThat(classification.rating().level()).isEqualTo(Level.CRITICAL);
        assertThat(classification.exposure().forgeable()).isEqualTo(Forgeability.ALG_NONE);
        assertThat(classification.rating().standards()).contains("CWE-347");
    }

    @Test
    void whatNobodyCanReadIsMedium() {
        Classification classification = classify(Tokens.encrypted(1));
        assertThat(classification.rating().level()).isEqualTo(Level.MEDIUM);
        assertThat(classification.exposure().state()).isEqualTo(ExposureState.UNREADABLE);
        assertThat(classification.family()).isEqualTo("jwe");
    }

    @Test
    void namesFamilyProviderAndRemedy() {
        Classification classification =
                classify(
                        Tokens.signed(
                                "{\"iss\":\"supabase\",\"ref\":\"x\",\"role\":\"service_role\"}"));
        assertThat(classification.family()).isEqualTo("supabase-service-role");
        assertThat(classification.exposure().provider()).contains("supabase");
        assertThat(classification.exposure().privilege()).isEqualTo(Privilege.ADMIN);
        assertThat(classification.exposure().subjectKind()).isEqualTo(SubjectKind.MACHINE);
        assertThat(classification.rating().remedy()).contains("JWT secret");
    }

    @Test
    void countsHowLongATokenWasExposedWhileItWorked() {
        long expiry = NOW.minus(Duration.ofDays(5)).getEpochSecond();
        Sighting sighting = sighting(Tokens.signed("{\"sub\":\"x\",\"exp\":" + expiry + "}"));
        Instant seen = NOW.minus(Duration.ofDays(8));
        Classification classification =
                new Classifier(RULES, POLICY, NOW)
                        .classify(
                                new Sighting(
                                        sighting.token(),
                                        sighting.provenance(),
                                        sighting.position(),
                                        Optional.of(seen)),
                                StorageContext.UNKNOWN);
        assertThat(classification.exposure().exposedWhileValid()).contains(Duration.ofDays(3));
        assertThat(classification.rating().level()).isEqualTo(Level.MEDIUM);
        assertThat(classification.rating().reasons())
                .extracting(Reason::code)
                .contains(ReasonCode.EXPOSED_WHILE_VALID);
    }

    @Test
    void aTestLowersOnlyWhatNoLongerWorks() {
        String working =
                Tokens.signed(
                        "{\"scope\":\"admin\",\"exp\":"
                                + NOW.plusSeconds(60).getEpochSecond()
                                + "}");
        assertThat(classify(working, StorageContext.TEST).rating())
                .isEqualTo(classify(working).rating());
        String justExpired =
                Tokens.signed("{\"exp\":" + NOW.minusSeconds(600).getEpochSecond() + "}");
        assertThat(classify(justExpired, StorageContext.TEST).rating().score())
                .isLessThan(classify(justExpired).rating().score());
        assertThat(classify(working, StorageContext.APP_LOG).rating().score())
                .isGreaterThanOrEqualTo(classify(working).rating().score());
    }

    @Test
    void knowsThePublishedSamples() {
        // RFC 7515, appendix A.1: the claims have no sub, so only the hash can tell
        String header = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9";
        String payload =
                Tokens.encode(
                        "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}");
        Classification classification =
                classify(
                        header
                                + "."
                                + payload
                                + "."
                                + "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assertThat(classification.exposure().sample()).isTrue();
        assertThat(classification.rating().level()).isEqualTo(Level.INFO);
    }

    @Property(tries = 500)
    void livingLongerNeverLowersTheScore(
            @ForAll @LongRange(min = -100_000_000, max = 100_000_000) long a,
            @ForAll @LongRange(min = 0, max = 100_000_000) long more) {
        for (String rest :
                List.of(
                        "\"sub\":\"x\"",
                        "\"scope\":\"read:x\"",
                        "\"scope\":\"openid\"",
                        "\"iat\":1")) {
            assertThat(score("{" + rest + expiring(a + more)))
                    .as(rest)
                    .isGreaterThanOrEqualTo(score("{" + rest + expiring(a)));
        }
    }

    @Property(tries = 200)
    void morePrivilegeNeverLowersTheScore(@ForAll @IntRange(min = -40, max = 40) int days) {
        long expiry = NOW.plus(Duration.ofDays(days)).getEpochSecond();
        int previous = -1;
        for (String scope :
                new String[] {"openid", "something-unknown", "read:x", "write:x", "admin"}) {
            int score = score("{\"scope\":\"" + scope + "\",\"exp\":" + expiry + "}");
            assertThat(score).as(scope).isGreaterThanOrEqualTo(previous);
            previous = score;
        }
    }

    private static String expiring(long secondsFromNow) {
        return ",\"exp\":" + NOW.plusSeconds(secondsFromNow).getEpochSecond() + "}";
    }

    private static int score(String claims) {
        return classify(Tokens.signed(claims)).rating().score();
    }

    private static Classification classify(String token) {
        return classify(token, StorageContext.UNKNOWN);
    }

    private static Classification classify(String token, StorageContext context) {
        return new Classifier(RULES, POLICY, NOW).classify(sighting(token), context);
    }

    private static Sighting sighting(String token) {
        return TokenFinder.find(token.getBytes(StandardCharsets.US_ASCII), RULES, Limits.DEFAULT)
                .getFirst();
    }
}
