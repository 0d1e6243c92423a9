package io.jwtrawl.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.TokenForm;
import io.jwtrawl.rules.TokenRule;
import io.jwtrawl.source.Position;
import io.jwtrawl.testkit.Tokens;
import io.jwtrawl.testkit.Tries;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The oracle of disguises: what was planted must be found, where it was planted, and nothing else.
class DisguiseTest {

    private static final List<Disguise> DISGUISES = Disguise.ALL;
    private static final Limits USUAL = Scan.limits(Limits.Encodings.USUAL);

    @ParameterizedTest
    @FieldSource("DISGUISES")
    void findsATokenInDisguise(Disguise disguise) {
        Tries.run(25, random -> check(List.of(disguise), random));
    }

    @Test
    void findsWhatWasPlantedAndNothingElse() {
        Tries.run(
                1_000,
                random -> {
                    List<Disguise> disguises = new ArrayList<>();
                    for (int i = 0; i <= random.nextInt(6); i++) {
                        disguises.add(DISGUISES.get(random.nextInt(DISGUISES.size())));
                    }
                    check(disguises, random);
                });
    }

    @Test
    void aTokenInAJsonStringIsSeenWhereItStands() {
        String token = Tokens.any(1);
        for (String before :
                List.of(
                        "{\\\"payload\\\":\\\"eyJ\\\"} ",
                        "{\\\"id\\\":\\\"eyJhIjoxfQ\\\",\\\"t\\\":\\\"")) {
            String text = "{\"m\":\"" + before + token + "\\\"}\"}";
            assertThat(Scan.whole(text.getBytes(StandardCharsets.US_ASCII), USUAL))
                    .containsExactly(
                            new Scan.Seen(
                                    OracleTest.sha256(token),
                                    TokenForm.JWS,
                                    false,
                                    List.of(),
                                    OracleTest.position(text, text.indexOf(token))));
        }
    }

    @Test
    void findsJsonSerializationsInAnyOrderAndInStrings() {
        Tries.run(
                300,
                random -> {
                    boolean encrypted = random.nextBoolean();
                    var soup = new Soup(random);
                    String compact =
                            encrypted ? soup.encrypted() : soup.signed("ES256", "{\"sub\":\"x\"}");
                    List<String> parts = List.of(compact.split("\\."));
                    String json = encrypted ? encrypted(parts, random) : signed(parts, random);
                    boolean inString = random.nextBoolean();
                    String text =
                            inString
                                    ? "{ \"t\": \""
                                            + json.replace("\"", "\\\"").replace("\n", "\\n")
                                            + "\" }"
                                    : "{  [ \n" + json + " ]";
                    int start = inString ? 8 : text.indexOf(json);
                    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
                    var planted =
                            new Scan.Seen(
                                    OracleTest.sha256(compact),
                                    encrypted ? TokenForm.JWE_JSON : TokenForm.JWS_JSON,
                                    false,
                                    inString ? List.of("json-string") : List.of(),
                                    OracleTest.position(text, start));
                    assertThat(Scan.whole(bytes, USUAL)).as(text).containsExactly(planted);
                    assertThat(Scan.cut(bytes, 8 + random.nextInt(300), random, USUAL))
                            .as(text)
                            .containsExactly(planted);
                });
    }

    /// What only vendors write, its prefix and its JSON, is read through gaps like any other token.
    @Test
    void readsVendorsTokensThroughGaps() {
        int read = 0;
        for (TokenRule rule : RuleSet.builtInWithExamples().tokens()) {
            for (String example : rule.body().isPresent() ? rule.examples() : List.<String>of()) {
                Matcher token = Pattern.compile(rule.shape().orElseThrow()).matcher(example);
                String before = token.find() ? example.substring(0, token.start()) : "";
                if (before.isEmpty() || token.group().length() < 3 * 20) {
                    continue; // disguised already, or too short to be wrapped
                }
                for (String gap : List.of("\n", "\\\n", "\" +\n  \"", "\u001b[0m")) {
                    String wrapped = String.join(gap, token.group().split("(?<=\\G.{40})"));
                    List<Scan.Seen> seen =
                            Scan.whole(
                                    (before + wrapped + "\n\n").getBytes(StandardCharsets.UTF_8),
                                    USUAL);
                    assertThat(seen).as(rule.id() + ": " + before + wrapped).hasSize(1);
                    assertThat(seen.getFirst().form())
                            .as(rule.id() + ": " + before + wrapped)
                            .isEqualTo(rule.form());
                    assertThat(seen.getFirst().encoding()).hasSize(1);
                    read++;
                }
            }
        }
        assertThat(read).isGreaterThan(100);
    }

    /// Another token behind what is left of a vendor's is not read as its rest.
    @Test
    void aPieceOfAVendorsTokenTakesNothingFromTheTokenBehindIt() {
        var random = new Random(1);
        int tried = 0;
        for (TokenRule rule : RuleSet.builtInWithExamples().tokens()) {
            for (String example : rule.body().isPresent() ? rule.examples() : List.<String>of()) {
                Matcher whole = Pattern.compile(rule.shape().orElseThrow()).matcher(example);
                if (!whole.find()) {
                    continue;
                }
                for (String gap :
                        List.of("\",\"", "\n", "\" + \"", "\"\n\"", "\\n", "\", \"", " \\\n")) {
                    int length = whole.group().length();
                    int cut = length / 3 + random.nextInt(length - length / 3);
                    String token = token(random);
                    String text =
                            "x = [\"" + whole.group().substring(0, cut) + gap + token + "\"]\n";
                    assertThat(Scan.whole(text.getBytes(StandardCharsets.ISO_8859_1), USUAL))
                            .as(rule.id() + ": " + text)
                            .extracting(Scan.Seen::id)
                            .contains(OracleTest.sha256(token));
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(300);
    }

    private static String signed(List<String> parts, Random random) {
        String header = member("protected", parts.get(0));
        String payload = member("payload", parts.get(1));
        String signature = member("signature", parts.get(2));
        return random.nextBoolean()
                ? object(random, header, payload, signature, "\"header\":{\"kid\":\"1\"}")
                : object(
                        random,
                        payload,
                        "\"signatures\":[" + object(random, header, signature) + "]");
    }

    private static String encrypted(List<String> parts, Random random) {
        String header = member("protected", parts.get(0));
        String iv = member("iv", parts.get(2));
        String text = member("ciphertext", parts.get(3));
        String tag = member("tag", parts.get(4));
        String key = member("encrypted_key", parts.get(1));
        return random.nextBoolean()
                ? object(random, header, key, iv, text, tag)
                : object(
                        random,
                        header,
                        "\"recipients\":[" + object(random, key) + "]",
                        iv,
                        text,
                        tag);
    }

    private static String member(String name, String value) {
        return "\"" + name + "\":\"" + value + "\"";
    }

    /// The members in any order, with white space between.
    private static String object(Random random, String... members) {
        List<String> order = new ArrayList<>(List.of(members));
        Collections.shuffle(order, random);
        String space = List.of("", " ", "\n  ").get(random.nextInt(3));
        return "{" + space + String.join("," + space, order) + space + "}";
    }

    @Test
    void findsATokenInThePayloadOfAnother() {
        Tries.run(
                200,
                random -> {
                    String inner = token(random);
                    String outer = new Soup(random).signed("HS256", inner);
                    String text = filler(random) + outer + filler(random);
                    Position at = OracleTest.position(text, text.indexOf(outer));
                    assertThat(Scan.whole(text.getBytes(StandardCharsets.ISO_8859_1), USUAL))
                            .containsExactly(
                                    seen(outer, List.of(), at), seen(inner, List.of("jws"), at));
                });
    }

    @Test
    void findsWhatIsOnlyLookedForOnDemand() {
        Limits all = Scan.limits(Limits.Encodings.ALL);
        Tries.run(
                200,
                random -> {
                    String token = token(random);
                    boolean reversed = random.nextBoolean();
                    String disguised =
                            reversed ? new StringBuilder(token).reverse().toString() : rot13(token);
                    String text = filler(random) + disguised + filler(random);
                    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
                    assertThat(Scan.whole(bytes, all))
                            .containsExactly(
                                    seen(
                                            token,
                                            List.of(reversed ? "reversed" : "rot13"),
                                            OracleTest.position(text, text.indexOf(disguised))));
                    assertThat(Scan.whole(bytes, USUAL)).isEmpty();
                });
    }

    private static String rot13(String text) {
        String letters = "abcdefghijklmnopqrstuvwxyz";
        String alphabet = letters + letters + letters.toUpperCase(Locale.ROOT).repeat(2);
        return text.chars()
                .map(c -> alphabet.indexOf(c) < 0 ? c : alphabet.charAt(alphabet.indexOf(c) + 13))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static Scan.Seen seen(String token, List<String> encoding, Position position) {
        return new Scan.Seen(
                OracleTest.sha256(token),
                token.split("\\.").length == 5 ? TokenForm.JWE : TokenForm.JWS,
                false,
                encoding,
                position);
    }

    private static void check(List<Disguise> disguises, Random random) {
        var text = new StringBuilder();
        List<Scan.Seen> planted = new ArrayList<>();
        for (Disguise disguise : disguises) {
            text.append(filler(random));
            String token = token(random);
            Disguise.Carrier carrier = disguise.apply().to(token, random);
            int start = text.length() + carrier.start();
            text.append(carrier.text());
            planted.add(
                    seen(token, disguise.encoding(), OracleTest.position(text.toString(), start)));
        }
        text.append(filler(random));
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        String names = disguises.stream().map(Disguise::name).toList() + "\n" + text;
        assertThat(byOffset(Scan.whole(bytes, USUAL))).as(names).isEqualTo(planted);
        int capacity = 8 + random.nextInt(600);
        assertThat(byOffset(Scan.cut(bytes, capacity, random, USUAL)))
                .as("windows of " + capacity + ": " + names)
                .isEqualTo(planted);
    }

    private static List<Scan.Seen> byOffset(List<Scan.Seen> seen) {
        return seen.stream()
                .sorted(Comparator.comparingLong(token -> token.position().offset()))
                .toList();
    }

    private static String token(Random random) {
        var soup = new Soup(random);
        String header = List.of("HS256", "ES256", "RS256").get(random.nextInt(3));
        String claims = "{\"sub\":\"" + random.nextLong() + "\",\"n\":" + random.nextInt() + "}";
        return random.nextInt(5) == 0 ? soup.encrypted() : soup.signed(header, claims);
    }

    /// Some lines of text that end where a token may begin.
    private static String filler(Random random) {
        var text = new StringBuilder("\n");
        for (int i = 0; i < random.nextInt(4); i++) {
            text.append(
                    List.of(
                                    "# a comment\n",
                                    "na\u00c3\u00afve: caf\u00c3\u00a9\n",
                                    "if (x > 0) { y(); }\n",
                                    "\n",
                                    "2026-01-02 03:04:05 INFO started\n",
                                    "eyes.on.this\n",
                                    "\u0000\u0001\u0002\n")
                            .get(random.nextInt(7)));
        }
        return text.append(
                        List.of("token: ", "Authorization: Bearer ", "{t} = ", "<x>", "(", "? ")
                                .get(random.nextInt(6)))
                .toString();
    }
}
