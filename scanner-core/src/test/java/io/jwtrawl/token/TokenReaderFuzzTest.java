package io.jwtrawl.token;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jwtrawl.detect.Candidate;
import io.jwtrawl.detect.CandidateSink.Verdict;
import io.jwtrawl.detect.Layer;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.TokenRule;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

class TokenReaderFuzzTest {

    private static final RuleSet RULES = RuleSet.builtIn();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String SIGNATURE = "eJs0yvVPLiIKzZQecbiNWDaGbQ2Fi2NUnpS-LKzGf1s";

    /// @param bytes header and payload, with a zero between
    @FuzzTest(maxDuration = "5m")
    void readsWhateverHeaderAndPayloadHold(byte[] bytes) {
        int zero = 0;
        while (zero < bytes.length && bytes[zero] != 0) {
            zero++;
        }
        String header = BASE64.encodeToString(Arrays.copyOf(bytes, zero));
        String payload =
                BASE64.encodeToString(
                        Arrays.copyOfRange(bytes, Math.min(bytes.length, zero + 1), bytes.length));
        for (String text :
                List.of(
                        header + "." + payload + "." + SIGNATURE,
                        header + "." + payload + ".",
                        header + "." + payload,
                        header + ".." + SIGNATURE,
                        header + ".." + SIGNATURE + "." + payload + "." + SIGNATURE.substring(21),
                        header + "." + payload + "." + SIGNATURE + "~" + payload + "~")) {
            read(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void read(byte[] text) {
        var reader = new TokenReader(RULES.algorithms());
        for (TokenRule rule : RULES.tokens()) {
            var candidate = Candidate.direct(Layer.of(text), 0, text.length, rule);
            if (reader.judge(candidate).compareTo(Verdict.PARTIAL) >= 0) {
                Token token = reader.read(candidate);
                token.claims();
                token.nested();
                token.alg();
                token.text();
            }
        }
    }
}
