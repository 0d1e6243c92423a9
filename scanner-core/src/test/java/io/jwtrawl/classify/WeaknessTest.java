package io.jwtrawl.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.rules.ReasonCode;
import io.jwtrawl.rules.StorageContext;
import io.jwtrawl.testkit.Tokens;
import io.jwtrawl.testkit.Tries;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class WeaknessTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CLEAN =
            "{'iss':'https://i.example','sub':'u','aud':'a','exp':1800000000,'iat':1770000000,'jti':'j','scope':'read','client_id':'c'}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'alg':'HS256','jku':'https://a.example/keys'}              | sender-key    | (jku)",
                "{'alg':'HS256','x5u':'http://a.example/cert'}               | sender-key    | (x5u, without TLS)",
                "{'alg':'HS256','jwk':{'kty':'oct','k':'AAAA'}}              | sender-key    | (jwk)",
                "{'alg':'HS256','kid':'../../../dev/null'}                   | kid-injection | path",
                "{'alg':'HS256','kid':'/etc/passwd'}                         | kid-injection | path",
                "{'alg':'HS256','kid':'file:///dev/null'}                    | kid-injection | path",
                "{'alg':'HS256','kid':'key;/usr/bin/id'}                     | kid-injection | SQL",
                "{'alg':'HS256','crit':['exp']}                              | unknown-crit  | crit",
                "{'alg':'HS256','crit':[]}                                   | unknown-crit  | crit",
                "{'alg':'HS256','crit':'b64'}                                | unknown-crit  | crit",
            })
    void tellsWhatIsWrongWithAHeader(String header, String code, String text) {
        Reason reason = only(code, Tokens.signed(json(header), json(CLEAN)));
        assertThat(reason.text()).contains(text);
        assertThat(reason.standards()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'alg':'HS256','kid':'/Jx0+aWs/9b1=='}",
                "{'alg':'HS256','kid':'arn:aws:kms:eu-west-1:1:key/0-1--2'}",
                "{'alg':'HS256','kid':'did:key:z6Mk#z6Mk'}",
                "{'alg':'HS256','typ':'dpop+jwt','jwk':{'kty':'EC'}}",
                "{'alg':'HS256','x5c':['bm90IGEgY2VydGlmaWNhdGU=']}",
                "{'alg':'HS256','jwk':'no object','jku':1,'kid':[],'n':{}}",
            })
    void takesUsualHeadersForGranted(String header) {
        assertThat(codes(Tokens.signed(json(header), json(CLEAN))))
                .containsOnly(
                        ReasonCode.VALID,
                        ReasonCode.PRIVILEGE_READ,
                        ReasonCode.LONG_LIVED,
                        ReasonCode.LONG_REMAINING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'sub':'u'}                                          | missing-claims   | lacks iss, exp, aud, jti",
                "{'scope':'x'}                                        | missing-claims   | lacks iss, exp, aud, sub, client_id, iat, jti",
                "{'aud':['a','b']}                                    | broad-audience   | 2 audiences",
                "{'aud':'*'}                                          | broad-audience   | any audience",
                "{'aud':['https://*.example']}                        | broad-audience   | any audience",
                "{'exp':1700000000000}                                | odd-dates        | exp is in milliseconds",
                "{'iat':'1700000000'}                                 | odd-dates        | iat is text",
                "{'nbf':true}                                         | odd-dates        | nbf is no date",
                "{'auth_time':-5}                                     | odd-dates        | auth_time is negative",
                "{'iat':1700000000,'exp':1600000000}                  | odd-dates        | expires before it was issued",
                "{'nbf':1900000001,'exp':1900000000}                  | odd-dates        | expires before it begins",
                "{'iat':1800000000}                                   | odd-dates        | issued in the future",
                "{'iat':1700000000,'auth_time':1700000060}            | odd-dates        | before its user logged in",
                "{'sub':'u','email':'ada@example.org','name':'Ada'}   | personal-data    | in 2 claims",
                "{'sub':'u','more':{'email':'ada@example.org'}}       | personal-data    | in 1 claim",
                "{'db_password':'hunter22'}                           | secret-in-claims | password",
                "{'a':[{'b':'-----BEGIN PRIVATE KEY-----'}]}          | secret-in-claims | password",
                "{'url':'redis://:hunter22@cache.example:6379'}       | secret-in-claims | password",
            })
    void tellsWhatIsWrongWithClaims(String claims, String code, String text) {
        assertThat(only(code, Tokens.signed(json(claims))).text()).contains(text);
    }

    @Test
    void tellsAKeyIdThatInjectsSql() {
        String header = "{\"alg\":\"HS256\",\"kid\":\"x' UNION SELECT 'k\"}";
        assertThat(only("kid-injection", Tokens.signed(header, json(CLEAN))).text())
                .contains("SQL");
    }

    @Test
    void tellsATokenInsideAToken() {
        String token = Tokens.signed("{\"inner\":\"" + Tokens.any(5) + "\"}");
        assertThat(only("secret-in-claims", token).text()).isEqualTo("holds another token");
    }

    @ParameterizedTest
    @CsvSource({"1024, true", "2047, true", "2048, false", "4096, false"})
    void measuresTheKeyInAHeader(int bits, boolean small) {
        byte[] modulus = BigInteger.ONE.shiftLeft(bits - 1).setBit(0).toByteArray();
        String header =
                "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"RSA\",\"n\":\""
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(modulus)
                        + "\",\"e\":\"AQAB\"}}";
        assertThat(codes(Tokens.signed(header, json(CLEAN))).contains(ReasonCode.SMALL_KEY))
                .isEqualTo(small);
    }

    /// A certificate of ours with a key of 1024 bits, made by `openssl req -x509 -newkey rsa:1024 -subj /CN=x`.
    @Test
    void measuresTheKeyInACertificate() {
        String header = "{\"alg\":\"HS256\",\"x5c\":[\"" + Certificates.RSA_1024 + "\"]}";
        assertThat(only("small-key", Tokens.signed(header, json(CLEAN))).text())
                .isEqualTo("carries an RSA key of 1024 bits, below 2048");
    }

    @ParameterizedTest
    @CsvSource({"none", "None", "NONE", "nOnE"})
    void tellsAlgNoneInAnyLetterCase(String alg) {
        String token =
                Tokens.encode("{\"alg\":\"" + alg + "\"}") + "." + Tokens.encode(json(CLEAN)) + ".";
        assertThat(codes(token)).contains(ReasonCode.ALG_NONE);
        assertThat(Judged.byDefault(token).exposure().forgeable()).isEqualTo(Forgeability.ALG_NONE);
    }

    @Test
    void tellsAnEmptySignatureFromOneThatIsCut() {
        String whole = Tokens.signed(json(CLEAN));
        String empty = whole.substring(0, whole.lastIndexOf('.') + 1);
        assertThat(codes(empty)).containsExactly(ReasonCode.PARTIAL, ReasonCode.EMPTY_SIGNATURE);
        assertThat(codes(whole.substring(0, whole.length() - 20)))
                .containsExactly(ReasonCode.PARTIAL);
    }

    @Test
    void whatIsUncleanCountsNothingOnceTheTokenIsLongExpired() {
        String claims = "{\"aud\":\"*\",\"exp\":1500000000}";
        Rating rating =
                Judged.quickly(
                        Judged.RULES.policy("strict"),
                        Tokens.signed(claims),
                        StorageContext.UNKNOWN,
                        Optional.empty());
        assertThat(rating.reasons())
                .filteredOn(reason -> reason.code().isHygiene())
                .isNotEmpty()
                .allSatisfy(reason -> assertThat(reason.points()).isZero());
        assertThat(rating.inWords()).isEqualTo("expired 8 years ago");
        assertThat(rating.standards()).doesNotContain("CWE-327");
    }

    @Test
    void theStrictPolicyAllowsNoSharedKeys() {
        assertThat(
                        Judged.quickly(
                                        Judged.RULES.policy("strict"),
                                        Tokens.signed(json(CLEAN)),
                                        StorageContext.UNKNOWN,
                                        Optional.empty())
                                .reasons())
                .extracting(Reason::code)
                .contains(ReasonCode.ALGORITHM_NOT_ALLOWED);
    }

    /// Whatever stands in a header or a claim, a token is rated, and no reason repeats what it says.
    @Test
    void rateAnythingThatIsJson() {
        List<String> names =
                List.of(
                        "alg",
                        "kid",
                        "jku",
                        "x5u",
                        "jwk",
                        "x5c",
                        "crit",
                        "typ",
                        "iss",
                        "sub",
                        "aud",
                        "exp",
                        "nbf",
                        "iat",
                        "auth_time",
                        "jti",
                        "scope",
                        "scp",
                        "roles",
                        "role",
                        "permissions",
                        "groups",
                        "realm_access",
                        "resource_access",
                        "wids",
                        "authorities",
                        "nats",
                        "kubernetes.io",
                        "amr",
                        "gty",
                        "azp",
                        "client_id",
                        "email",
                        "password",
                        "https://hasura.io/jwt/claims",
                        "access",
                        "admin");
        Tries.run(
                1_000,
                random -> {
                    ObjectNode header = JSON.createObjectNode();
                    ObjectNode claims = JSON.createObjectNode();
                    for (int i = 0; i < 8; i++) {
                        header.set(any(names, random), Anything.json(random, 3));
                        claims.set(any(names, random), Anything.json(random, 4));
                    }
                    header.put("alg", "HS256");
                    Rating rating =
                            Judged.quickly(
                                    Judged.RULES.policy("strict"),
                                    Tokens.signed(header.toString(), claims.toString()),
                                    StorageContext.UNKNOWN,
                                    Optional.of(Judged.NOW));
                    for (Reason reason : rating.reasons()) {
                        assertThat(reason.text()).doesNotContain(Anything.MARK).isPrintable();
                    }
                });
    }

    private static String any(List<String> names, Random random) {
        return names.get(random.nextInt(names.size()));
    }

    private static Reason only(String code, String token) {
        List<Reason> found =
                Judged.byDefault(token).rating().reasons().stream()
                        .filter(reason -> reason.code().text().equals(code))
                        .toList();
        assertThat(found).as(Judged.byDefault(token).rating().toString()).hasSize(1);
        return found.getFirst();
    }

    private static List<ReasonCode> codes(String token) {
        return Judged.byDefault(token).rating().reasons().stream().map(Reason::code).toList();
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
