package io.jwtrawl.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.TokenRule;
import io.jwtrawl.testkit.Tokens;
import io.jwtrawl.token.TokenDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DetectorTest {

    private static final RuleSet RULES = RuleSet.builtIn();
    private static final int MIB = 1024 * 1024;

    @Property(tries = 4_000)
    void agreesWithTheSlowDetectorWhereverTheWindowCuts(
            @ForAll("texts") String text, @ForAll @IntRange(min = 8, max = 200) int capacity)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        List<String> expected = SlowDetector.find(bytes, RULES);
        assertThat(inOnePiece(bytes)).isEqualTo(expected);
        assertThat(streamed(bytes, capacity)).isEqualTo(expected);
    }

    /// Tokens and fragments of tokens, glued together in all the ways that confuse.
    @Provide
    Arbitrary<String> texts() {
        String signed = Tokens.any(1);
        String[] parts = signed.split("\\.");
        Arbitrary<String> pieces =
                Arbitraries.of(
                        signed,
                        Tokens.any(2),
                        Tokens.unsecured("{\"sub\":\"x\"}"),
                        Tokens.encrypted(3).substring(0, 40),
                        Tokens.signed("{\"alg\":\"ES256\"}", "[1]"),
                        parts[0],
                        parts[1],
                        parts[2],
                        "eyJ",
                        "ey",
                        "J",
                        ".",
                        "..",
                        "_",
                        "-",
                        " ",
                        "\n",
                        "\"",
                        "eyJhbGciOiJub25lIn0",
                        "eyJ2ZXJzaW9uIjozfQ",
                        "é");
        return pieces.list().ofMinSize(1).ofMaxSize(14).map(list -> String.join("", list));
    }

    @Test
    void findsATokenAnywhereAcrossManyWindows() throws IOException {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        byte[] bytes = new byte[300_000];
        Arrays.fill(bytes, (byte) 'a');
        List<String> expected = new ArrayList<>();
        int position = 0;
        for (int i = 0; position < 290_000; i++) {
            position += 1 + random.nextInt(3_000);
            byte[] token = Tokens.any(i).getBytes(StandardCharsets.US_ASCII);
            bytes[position - 1] = ' ';
            System.arraycopy(token, 0, bytes, position, token.length);
            bytes[position + token.length] = ' ';
            expected.add(position + ":" + Tokens.any(i));
            position += token.length + 1;
        }
        assertThat(inOnePiece(bytes)).as("seed " + seed).isEqualTo(expected);
        assertThat(streamed(bytes, 64)).as("seed " + seed).isEqualTo(expected);
        assertThat(streamed(bytes, 65_536)).as("seed " + seed).isEqualTo(expected);
    }

    @Test
    void findsATokenOfAMegabyteLessALittle() throws IOException {
        String token = Tokens.signed("{\"data\":\"" + "x".repeat(700_000) + "\"}");
        assertThat(token.length()).isBetween(900_000, MIB);
        assertThat(streamed((" " + token + " ").getBytes(StandardCharsets.US_ASCII), 65_536))
                .containsExactly("1:" + token);
    }

    @Test
    void saysThatATokenIsTooLong() throws IOException {
        String token = Tokens.signed("{\"data\":\"" + "x".repeat(900_000) + "\"}");
        var sink = new Collector();
        stream((token + " " + Tokens.any(1)).getBytes(StandardCharsets.US_ASCII), 65_536, sink);
        assertThat(sink.tooLong).isEqualTo(1);
    }

    @Test
    void doesNotCallALongSourceMapATokenThatIsTooLong() throws IOException {
        String map =
                Tokens.encode("{\"version\":3,\"mappings\":\"" + "AAAA,".repeat(400_000) + "\"}");
        var sink = new Collector();
        stream((map + " " + Tokens.any(1)).getBytes(StandardCharsets.US_ASCII), 65_536, sink);
        assertThat(sink.tooLong).isZero();
        assertThat(sink.found).hasSize(1);
    }

    /// Quadratic behaviour would take hours here.
    @Test
    @Timeout(60)
    void staysLinearOnInputMadeToBeSlow() throws IOException {
        for (String unit :
                List.of(
                        "eyJ",
                        "eyJ.",
                        "eyJhbGciOi.eyJ",
                        "eyJeyJeyJ.",
                        "eyJhbGciOiJIUzI1NiJ9.",
                        "a".repeat(99) + "eyJ.eyJ.")) {
            byte[] bytes = unit.repeat(8 * MIB / unit.length()).getBytes(StandardCharsets.US_ASCII);
            var sink = new Collector();
            stream(bytes, 65_536, sink);
            inOnePiece(bytes);
        }
    }

    private static List<String> inOnePiece(byte[] bytes) {
        var window = new ByteWindow(MIB);
        window.show(bytes, 0, bytes.length);
        var sink = new Collector();
        sink.window = window;
        window.search(new Detector(RULES), sink);
        return sink.found;
    }

    private static List<String> streamed(byte[] bytes, int capacity) throws IOException {
        var sink = new Collector();
        stream(bytes, capacity, sink);
        assertThat(sink.tooLong).isZero();
        return sink.found;
    }

    private static void stream(byte[] bytes, int capacity, Collector sink) throws IOException {
        var window = new ByteWindow(MIB, capacity);
        var detector = new Detector(RULES);
        sink.window = window;
        InputStream in = new ByteArrayInputStream(bytes);
        window.begin();
        while (true) {
            window.fill(in);
            int keepFrom = window.search(detector, sink);
            if (window.isLast()) {
                return;
            }
            window.advance(keepFrom);
        }
    }

    private static final class Collector implements CandidateSink {
        final List<String> found = new ArrayList<>();
        ByteWindow window = new ByteWindow(MIB);
        int tooLong;

        @Override
        public boolean accept(int start, int end, TokenRule rule) {
            boolean token = TokenDecoder.decode(window.bytes(), start, end, rule).isPresent();
            if (token) {
                found.add(
                        window.position(start).offset()
                                + ":"
                                + new String(
                                        window.bytes(),
                                        start,
                                        end - start,
                                        StandardCharsets.ISO_8859_1));
            }
            return token;
        }

        @Override
        public void tooLong(int start) {
            tooLong++;
        }
    }
}
