package io.jwtrawl.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.rules.TokenForm;
import io.jwtrawl.testkit.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
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
        for (String before : List.of("{\\\"payload\\\":\\\"eyJ\\\"} ", "{\\\"id\\\":\\\"eyJhIjoxfQ\\\",\\\"t\\\":\\\"")) {
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
                    new Scan.Seen(
                            OracleTest.sha256(token),
                            token.split("\\.").length == 5 ? TokenForm.JWE : TokenForm.JWS,
                            false,
                            disguise.encoding(),
                            OracleTest.position(text.toString(), start)));
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
