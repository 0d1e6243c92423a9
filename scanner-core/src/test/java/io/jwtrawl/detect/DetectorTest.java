package io.jwtrawl.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.testkit.Tokens;
import io.jwtrawl.token.TokenReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
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
    void findsTheSameInDisguisesWhereverTheWindowCuts(
            @ForAll("disguised") String text, @ForAll @IntRange(min = 8, max = 200) int capacity)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        // What stands around a needle is decoded again where the window cuts.
        assertThat(Set.copyOf(streamed(bytes, capacity, Limits.DEFAULT)))
                .isEqualTo(Set.copyOf(inOnePiece(bytes, Limits.DEFAULT)));
    }

    /// Texts as below, and what gaps and encodings make of them.
    @Provide
    Arbitrary<String> disguised() {
        Arbitrary<String> gap =
                Arbitraries.of(
                        "\n",
                        "=\n",
                        "\" +\n  \"",
                        "%2E",
                        "\\u002e",
                        "\u001b[0m",
                        "\n12: ",
                        "&#46;",
                        "");
        Arbitrary<String> pieces =
                Combinators.combine(texts(3), gap, Arbitraries.integers().between(1, 90))
                        .as(DetectorTest::interrupt);
        Arbitrary<String> base64 =
                texts().map(text ->
                        Base64.getEncoder()
                                .encodeToString(text.getBytes(StandardCharsets.ISO_8859_1)));
        return Arbitraries.oneOf(texts(), pieces, base64, base64.map(Tokens::encode))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(list -> String.join(" ", list));
    }

    private static String interrupt(String text, String gap, int width) {
        var interrupted = new StringBuilder();
        for (int i = 0; i < text.length(); i += width) {
            interrupted.append(text, i, Math.min(text.length(), i + width)).append(gap);
        }
        return interrupted.toString();
    }

    /// Tokens and fragments of tokens, glued together in all the ways that confuse.
    @Provide
    Arbitrary<String> texts() {
        return texts(14);
    }

    private static Arbitrary<String> texts(int pieceLimit) {
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
        return pieces.list().ofMinSize(1).ofMaxSize(pieceLimit).map(list -> String.join("", list));
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
            expected.add("jws " + position + ":" + Tokens.any(i));
            position += token.length + 1;
        }
        assertThat(inOnePiece(bytes, Limits.DEFAULT)).as("seed " + seed).isEqualTo(expected);
        assertThat(streamed(bytes, 64, Limits.DEFAULT)).as("seed " + seed).isEqualTo(expected);
        assertThat(streamed(bytes, 65_536, Limits.DEFAULT)).as("seed " + seed).isEqualTo(expected);
    }

    @Test
    void findsATokenOfAMegabyteLessALittle() throws IOException {
        String token = Tokens.signed("{\"data\":\"" + "x".repeat(700_000) + "\"}");
        assertThat(token.length()).isBetween(900_000, MIB);
        assertThat(
                        streamed(
                                (" " + token + " ").getBytes(StandardCharsets.US_ASCII),
                                65_536,
                                Limits.DEFAULT))
                .containsExactly("jws 1:" + token);
    }

    @Test
    void saysThatATokenIsTooLong() throws IOException {
        String token = Tokens.signed("{\"data\":\"" + "x".repeat(900_000) + "\"}");
        Collector sink =
                stream(
                        (token + " " + Tokens.any(1)).getBytes(StandardCharsets.US_ASCII),
                        65_536,
                        Limits.DEFAULT);
        assertThat(sink.tooLong).isEqualTo(1);
    }

    @Test
    void doesNotCallALongSourceMapATokenThatIsTooLong() throws IOException {
        String map =
                Tokens.encode("{\"version\":3,\"mappings\":\"" + "AAAA,".repeat(400_000) + "\"}");
        Collector sink =
                stream(
                        (map + " " + Tokens.any(1)).getBytes(StandardCharsets.US_ASCII),
                        65_536,
                        Limits.DEFAULT);
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
                        "a".repeat(99) + "eyJ.eyJ.",
                        "ZXlKaGJHY2lPaUpJVXpJMU5pSjk",
                        "eyJhbGciOiJIUzI1NiJ9\n",
                        "eyJhbGciOiJIUzI1NiJ9.eyJ\n",
                        "65794a",
                        "H4sIAAAA",
                        "\"eyJhbGciOiJIUzI1NiJ9\",",
                        "{\"payload\":\"eyJ")) {
            byte[] bytes = unit.repeat(MIB / unit.length()).getBytes(StandardCharsets.US_ASCII);
            stream(bytes, 65_536, Limits.DEFAULT);
            inOnePiece(bytes, Limits.DEFAULT);
        }
    }

    private static List<String> inOnePiece(byte[] bytes, Limits limits) {
        var window = new ByteWindow(MIB);
        window.show(bytes, 0, bytes.length);
        var detector = new Detector(RULES, limits);
        var sink = new Collector(window, detector);
        window.search(detector, sink);
        return sink.found;
    }

    private static List<String> streamed(byte[] bytes, int capacity, Limits limits)
            throws IOException {
        Collector sink = stream(bytes, capacity, limits);
        assertThat(sink.tooLong).isZero();
        return sink.found;
    }

    private static Collector stream(byte[] bytes, int capacity, Limits limits) throws IOException {
        var window = new ByteWindow(MIB, capacity);
        var detector = new Detector(RULES, limits);
        var sink = new Collector(window, detector);
        InputStream in = new ByteArrayInputStream(bytes);
        window.begin(true);
        while (true) {
            window.fill(in);
            int keepFrom = window.search(detector, sink);
            if (window.isLast()) {
                return sink;
            }
            window.advance(keepFrom);
        }
    }

    private static final class Collector implements CandidateSink {
        final List<String> found = new ArrayList<>();
        private final TokenReader reader = new TokenReader(RULES.algorithms());
        private final ByteWindow window;
        int tooLong;

        Collector(ByteWindow window, Detector detector) {
            this.window = window;
            detector.begin();
        }

        @Override
        public Verdict judge(Candidate candidate) {
            return reader.judge(candidate);
        }

        @Override
        public void take(Candidate candidate) {
            found.add(
                    candidate.rule().id()
                            + " "
                            + position(candidate.layer(), candidate.carrierStart())
                            + ":"
                            + new String(
                                    candidate.text(),
                                    candidate.start(),
                                    candidate.length(),
                                    StandardCharsets.ISO_8859_1));
        }

        private long position(Layer layer, int start) {
            return layer.carrier()
                    .map(carrier -> position(carrier.layer(), carrier.start()))
                    .orElseGet(() -> window.position(start).offset());
        }

        @Override
        public int json(Layer layer, int from, int start, int to) {
            return NONE;
        }

        @Override
        public void tooLong(Layer layer, int start) {
            tooLong++;
        }

        @Override
        public void tooMuch(Layer layer, int start) {}
    }
}
