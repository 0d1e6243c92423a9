package io.jwtrawl.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.jwtrawl.classify.Verification.Outcome;
import io.jwtrawl.token.Token;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The signatures that we call good are those that PyJWT calls good, by what `src/test/python` wrote down.
class PyJwtTest {

    @TempDir Path folder = Path.of("");

    @TestFactory
    List<DynamicTest> bothSayTheSame() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        JsonNode cases;
        try (InputStream in = PyJwtTest.class.getResourceAsStream("pyjwt-verdicts.json")) {
            cases = JsonMapper.shared().readTree(in).path("cases");
        }
        for (JsonNode each : cases) {
            tests.add(
                    dynamicTest(
                            each.path("alg").stringValue() + ", " + each.path("what").stringValue(),
                            () ->
                                    assertThat(isGood(each))
                                            .isEqualTo(each.path("good").booleanValue())));
        }
        assertThat(tests).hasSizeGreaterThan(150);
        return tests;
    }

    private boolean isGood(JsonNode each) throws Exception {
        // What is not even taken for a token has no good signature; PyJWT must agree on that too.
        Optional<Token> token = FoundTokens.in(each.path("token").stringValue());
        if (token.isEmpty()) {
            return false;
        }
        Path key = folder.resolve("key");
        Files.writeString(key, each.path("key").stringValue());
        var verifier =
                new TokenVerifier(
                        List.of(KeySource.of(KeyFiles.read(key))),
                        new Expectations(
                                Optional.empty(), Optional.empty(), Instant.EPOCH, Duration.ZERO));
        return verifier.verify(token.get()).verification().outcome() == Outcome.VERIFIED;
    }
}
