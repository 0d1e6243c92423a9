package io.jwtrawl.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.rules.TokenForm;
import io.jwtrawl.source.Position;
import io.jwtrawl.testkit.Tries;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The detector against an oracle, on as many random texts as the system property `jwtrawl.tries` says, beginning with
/// the seed `jwtrawl.seed`.
class OracleTest {

    @Test
    void findsWhatTheRfcsCallATokenWhereverTheWindowCuts() {
        Limits plain = Scan.limits(Limits.Encodings.NONE);
        Tries.run(
                10_000,
                random -> {
                    String text = new Soup(random).text();
                    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
                    List<Scan.Seen> whole = Scan.whole(bytes, plain);
                    if (whole.stream().anyMatch(seen -> seen.form() == TokenForm.WRAPPED)) {
                        return; // by chance a vendor's own kind, which the RFCs know nothing of
                    }
                    List<Scan.Seen> expected = expected(text);
                    assertThat(asTheyStand(whole)).isEqualTo(expected);
                    int capacity = 8 + random.nextInt(300);
                    assertThat(asTheyStand(Scan.cut(bytes, capacity, random, plain)))
                            .as("windows of " + capacity)
                            .isEqualTo(expected);
                });
    }

    @Test
    void findsTheSameInDisguisesWhereverTheWindowCuts() {
        Limits everything = Scan.limits(Limits.Encodings.ALL);
        Tries.run(
                4_000,
                random -> {
                    byte[] bytes = disguised(random).getBytes(StandardCharsets.ISO_8859_1);
                    int capacity = 8 + random.nextInt(300);
                    assertThat(Scan.cut(bytes, capacity, random, everything))
                            .as("windows of " + capacity)
                            .isEqualTo(Scan.whole(bytes, everything));
                });
    }

    /// Tokens and false tokens in disguises, with what no token goes on through between them: there is a limit to how
    /// many beginnings are looked at in one stretch.
    private static String disguised(Random random) {
        var soup = new Soup(random);
        var text = new StringBuilder();
        for (int i = 0; i <= random.nextInt(4); i++) {
            Disguise disguise = Disguise.ALL.get(random.nextInt(Disguise.ALL.size()));
            text.append(disguise.apply().to(soup.token(), random).text()).append(" | ");
        }
        return text.toString();
    }

    /// Without those inside the payloads of others.
    private static List<Scan.Seen> asTheyStand(List<Scan.Seen> seen) {
        return seen.stream()
                .filter(token -> token.encoding().isEmpty())
                .sorted(Comparator.comparingLong(token -> token.position().offset()))
                .toList();
    }

    private static List<Scan.Seen> expected(String text) {
        Map<String, Scan.Seen> first = new LinkedHashMap<>();
        for (TokenOracle.Found token : TokenOracle.find(text)) {
            String id = sha256(token.compact());
            first.putIfAbsent(
                    id,
                    new Scan.Seen(
                            id,
                            token.form(),
                            token.partial(),
                            List.of(),
                            position(text, token.start())));
        }
        return List.copyOf(first.values());
    }

    /// In UTF-8 bytes 0x80 to 0xBF continue a character.
    static Position position(String text, int offset) {
        String before = text.substring(0, offset);
        String line = before.substring(before.lastIndexOf('\n') + 1);
        return new Position(
                offset,
                1 + before.chars().filter(c -> c == '\n').count(),
                1 + line.chars().filter(c -> c < 0x80 || c > 0xbf).count());
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
