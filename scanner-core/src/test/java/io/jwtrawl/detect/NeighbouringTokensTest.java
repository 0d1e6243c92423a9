package io.jwtrawl.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jwtrawl.testkit.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens inside others, and marks right beside one that might be its characters.
class NeighbouringTokensTest {

    private static final Limits USUAL = Scan.limits(Limits.Encodings.USUAL);
    private static final String INNER = Tokens.any(7);

    @Test
    void findsATokenInTheHeaderOfAnother() {
        String outer =
                Tokens.signed(
                        "{\"alg\":\"HS256\",\"trust_chain\":[\"" + INNER + "\"]}",
                        "{\"sub\":\"x\"}");
        assertThat(scan("t=" + outer))
                .containsExactly(
                        tuple(id(outer), List.of(), 2L), tuple(id(INNER), List.of("jws"), 2L));
    }

    @Test
    void findsATokenInTheHeaderOfAnEncryptedOne() {
        String header =
                Tokens.encode(
                        "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"id_token_hint\":\""
                                + INNER
                                + "\"}");
        var random = new Random(3);
        String outer =
                header
                        + ".."
                        + Tokens.encode(Tokens.bytes(random, 12))
                        + "."
                        + Tokens.encode(Tokens.bytes(random, 80))
                        + "."
                        + Tokens.encode(Tokens.bytes(random, 16));
        assertThat(scan("t=" + outer))
                .containsExactly(
                        tuple(id(outer), List.of(), 2L), tuple(id(INNER), List.of("jwe"), 2L));
    }

    /// RFC 9901, section 8: the key binding token is a member of the unprotected header.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void findsATokenBesideThePartsOfAJsonSerialization(boolean first) {
        String[] parts = Tokens.any(8).split("\\.", -1);
        String header = "\"header\":{\"kb_jwt\":\"" + INNER + "\"}";
        String json =
                "{"
                        + (first ? header + "," : "")
                        + "\"payload\":\"%s\",\"protected\":\"%s\",\"signature\":\"%s\""
                                .formatted(parts[1], parts[0], parts[2])
                        + (first ? "" : "," + header)
                        + "}";
        assertThat(scan(json))
                .containsExactlyInAnyOrder(
                        tuple(id(Tokens.any(8)), List.of(), 0L),
                        tuple(id(INNER), List.of(), (long) json.indexOf(INNER)));
    }

    @Test
    void findsEachJsonSerializationOnceHoweverManySignatures() {
        String[] a = Tokens.any(8).split("\\.", -1);
        String json =
                "{\"payload\":\"%1$s\",\"signatures\":[{\"protected\":\"%2$s\",\"signature\":\"%3$s\"},{\"protected\":\"%2$s\",\"signature\":\"%4$s\"}]}"
                        .formatted(
                                a[1], a[0], a[2], Tokens.encode(Tokens.bytes(new Random(2), 32)));
        assertThat(scan("[" + json + "," + json.replace(a[2], a[2].toUpperCase(Locale.ROOT)) + "]"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_", "__", "___", "-", "--"})
    void emphasisIsNoPartOfASignature(String mark) {
        assertThat(scan("see " + mark + INNER + mark + " here"))
                .containsExactly(tuple(id(INNER), List.of(), 4L + mark.length()));
    }

    /// In a patch every line begins with `+`, which may as well be a character of standard base64.
    @Test
    void whatIsReadIsTheReadingWhosePayloadIsJson() {
        String padded = token(64).replace('-', '+').replace('_', '/');
        int cut = padded.indexOf('+', padded.indexOf('.'));
        assertThat(scan("T=" + padded.substring(0, cut) + "\\\n" + padded.substring(cut)))
                .extracting(seen -> seen.toList().getFirst())
                .containsExactly(id(token(64)));
        assertThat(scan("+T=" + INNER.substring(0, 50) + "\\\n+" + INNER.substring(50)))
                .extracting(seen -> seen.toList().getFirst())
                .containsExactly(id(INNER));
    }

    /// One with a plus sign in the payload's base64.
    private static String token(int signatureBytes) {
        return Tokens.signed(
                "{\"alg\":\"ES256\"}",
                "{\"sub\":\"~~~>>>~~~\u00fb\u00ef\"}",
                signatureBytes,
                new Random(5));
    }

    private static String id(String token) {
        return OracleTest.sha256(token);
    }

    private static List<org.assertj.core.groups.Tuple> scan(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        List<Scan.Seen> whole = Scan.whole(bytes, USUAL);
        for (int capacity = 64; capacity < bytes.length; capacity += 61) {
            assertThat(Scan.cut(bytes, capacity, new Random(capacity), USUAL)).isEqualTo(whole);
        }
        return whole.stream()
                .map(seen -> tuple(seen.id(), seen.encoding(), seen.position().offset()))
                .toList();
    }
}
