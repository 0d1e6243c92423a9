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
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DetectorTest {

    private static final RuleSet RULES = RuleSet.builtIn();
    private static final int MIB = 1024 * 1024;

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

    /// Signatures of RS256 fit at 64, 128 and 192 bytes, too.
    @Test
    void readsAnEscapedTokenToItsEnd() {
        String token = Tokens.signed("{\"alg\":\"RS256\"}", "{\"sub\":\"x\"}", 256, new Random(1));
        var escaped = new StringBuilder("t=");
        token.chars().forEach(c -> escaped.append("%%%02X".formatted(c)));
        assertThat(
                        inOnePiece(
                                escaped.toString().getBytes(StandardCharsets.US_ASCII),
                                Limits.DEFAULT))
                .containsExactly("jws 2:" + token);
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
        window.begin();
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
                    .map(carrier -> position(carrier.layer(), carrier.position(start)))
                    .orElseGet(() -> window.position(start).offset());
        }

        @Override
        public int json(Layer layer, int from, int start, int to, boolean more) {
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
