package io.jwtrawl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.Tokens;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is no text, or made to do harm, is searched like everything else: nothing is reported as unreadable, and a token
/// behind it is found.
class BadInputTest {

    private static final RuleSet RULES = RuleSet.builtIn();
    private static final String TOKEN = Tokens.any(1);
    private static final int MIB = 1024 * 1024;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff",
                "fe",
                "c0 80",
                "c3 28",
                "e2 28 a1",
                "f0 28 8c 28",
                "f8 88 80 80 80",
                "80",
                "bf bf"
            })
    void invalidUtf8(String hex) {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
        findsTheToken(join(bytes, TOKEN, bytes));
        findsTheToken(join(TOKEN.substring(0, 30), bytes, TOKEN.substring(30), bytes, " ", TOKEN));
    }

    @Test
    void nuls() {
        byte[] nuls = new byte[100_001];
        findsTheToken(join(nuls, TOKEN, nuls));
        findsTheToken(join(nuls, TOKEN.getBytes(StandardCharsets.UTF_16LE), nuls));
        findsTheToken(join(nuls, TOKEN.getBytes(StandardCharsets.UTF_16BE), nuls));
        findsTheToken(join(TOKEN, new byte[1], TOKEN.substring(7)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed a0 80", "ed bf bf", "00 d8", "d8 00 dc", "5c 75 64 38 30 30"})
    void loneSurrogates(String hex) {
        byte[] surrogate = HexFormat.ofDelimiter(" ").parseHex(hex);
        findsTheToken(join(surrogate, " ", TOKEN, " ", surrogate));
        findsTheToken(
                join(
                        surrogate,
                        "  ",
                        TOKEN.getBytes(StandardCharsets.UTF_16LE),
                        surrogate,
                        " ",
                        TOKEN));
        String claims = "{\"sub\":\"" + new String(surrogate, StandardCharsets.ISO_8859_1) + "\"}";
        assertThat(scan(join(Tokens.signed(claims))).findings()).hasSize(1);
    }

    @Test
    void base64WithIllegalCharacters() {
        String base64 = Base64.getEncoder().encodeToString(join("x: " + TOKEN + "\n"));
        for (String illegal :
                List.of("*", "=", "====", "\u0000", "\u00e9", "%", "\\", "\n\n", "$")) {
            for (int at : new int[] {0, 1, 4, 33, base64.length() - 2}) {
                findsTheToken(
                        join(base64.substring(0, at), illegal, base64.substring(at), " ", TOKEN));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 1_000, 10_000, 100_000})
    void deeplyNestedJson(int depth) {
        for (String open : List.of("[", "{\"a\":")) {
            String close = open.equals("[") ? "]" : "}";
            String value = open.repeat(depth) + "1" + close.repeat(depth);
            String header = "{\"alg\":\"HS256\",\"x\":" + value + "}";
            findsTheToken(join(Tokens.signed(header, "{\"sub\":\"x\"}"), " ", TOKEN));
            findsTheToken(
                    join("{\"payload\":\"eyJ\",\"x\":" + value + ",\"signature\":\"\"} ", TOKEN));
            assertThat(scan(join(Tokens.signed("{\"x\":" + value + "}"))).findings()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e9999999999999999999999",
                "-1e-9999999999999999999999",
                "1e400",
                "0.1e-400000000",
                "9223372036854775808"
            })
    void numbersThatFitNoType(String number) {
        String claims = "{\"exp\":" + number + ",\"iat\":" + number + ",\"x\":" + number + "}";
        findsTheToken(join(Tokens.signed(claims), " ", TOKEN));
        findsTheToken(
                join(Tokens.signed("{\"alg\":\"HS256\",\"x\":" + number + "}", "{}"), " ", TOKEN));
        findsTheToken(
                join("{\"payload\":\"eyJ\",\"x\":" + number + ",\"signature\":\"\"} ", TOKEN));
    }

    @Test
    void compressedZeros() {
        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 64; i++) {
                gzip.write(new byte[MIB]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String once = Base64.getEncoder().encodeToString(bomb.toByteArray());
        findsTheToken(join(once, " ", TOKEN));
    }

    /// Of each of a hundred thousand places that look like it, hexadecimal is undone to base64 that goes on to the end.
    @Test
    void hexadecimalOfBase64WithoutEnd() {
        byte[] text = join("\n47:56:35:536D-56-35-53".repeat(MIB / 23), "\n", TOKEN);
        findsTheToken(text);
        assertThat(scan(text).incidents()).isEmpty();
    }

    @Test
    void noise() {
        long seed = new Random().nextLong();
        byte[] noise = new byte[4 * MIB];
        new Random(seed).nextBytes(noise);
        assertThat(scan(join(noise, " ", TOKEN, " ", noise)).findings())
                .as("seed " + seed)
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 'a'})
    @Timeout(300)
    void aLineOfAGibibyte(int b) {
        byte[] mebibyte = new byte[MIB];
        Arrays.fill(mebibyte, (byte) b);
        findsTheToken(
                new Content.Streamed(() ->
                        new SequenceInputStream(
                                new Endless(mebibyte, 1024),
                                new ByteArrayInputStream(join(" ", TOKEN)))));
    }

    /// A stream of so many times the same bytes.
    private static final class Endless extends InputStream {
        private final byte[] bytes;
        private long left;

        Endless(byte[] bytes, int times) {
            this.bytes = bytes;
            left = (long) bytes.length * times;
        }

        @Override
        public int read() {
            return left-- > 0 ? bytes[0] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int n = (int) Math.min(left, Math.min(length, bytes.length));
            System.arraycopy(bytes, 0, into, offset, n);
            left -= n;
            return n > 0 || length == 0 ? n : -1;
        }
    }

    /// In one piece and as a stream.
    private static void findsTheToken(byte[] bytes) {
        findsTheToken(new Content.InMemory(bytes));
        findsTheToken(new Content.Streamed(() -> new ByteArrayInputStream(bytes)));
    }

    private static void findsTheToken(Content content) {
        ScanReport report = scan(content);
        assertThat(report.findings())
                .anySatisfy(finding ->
                        assertThat(finding.sighting().token().text().reveal())
                                .isEqualTo(TOKEN.getBytes(StandardCharsets.US_ASCII)));
    }

    private static ScanReport scan(byte[] bytes) {
        return scan(new Content.InMemory(bytes));
    }

    private static ScanReport scan(Content content) {
        var blob = new Blob(new Provenance.StandardInput(), content);
        try {
            ScanReport report =
                    new Engine(
                                    RULES,
                                    RULES.policy("default"),
                                    Limits.DEFAULT,
                                    1,
                                    List.of(sink -> sink.accept(blob)),
                                    List.of())
                            .scan(Instant.parse("2026-06-01T00:00:00Z"));
            assertThat(report.incidents()).isEmpty();
            return report;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Texts and bytes, one behind the other.
    private static byte[] join(Object... pieces) {
        var out = new ByteArrayOutputStream();
        for (Object piece : pieces) {
            out.writeBytes(
                    piece instanceof byte[] bytes
                            ? bytes
                            : ((String) piece).getBytes(StandardCharsets.ISO_8859_1));
        }
        return out.toByteArray();
    }
}
