package io.jwtrawl.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jwtrawl.detect.Layer;
import io.jwtrawl.rules.RuleSet;

class JsonSerializationFuzzTest {

    private static final RuleSet RULES = RuleSet.builtIn();

    @FuzzTest(maxDuration = "5m")
    void looksForAnObjectAroundAnyString(byte[] bytes) {
        var json = new JsonSerialization(new TokenReader(RULES.algorithms()), RULES.tokens());
        var layer = Layer.of(bytes);
        for (int i = 1; i < bytes.length; i++) {
            if (bytes[i - 1] == '"') {
                JsonSerialization.Found found = json.find(layer, 0, i, bytes.length, false);
                if (found.token().isPresent()) {
                    assertThat(found.start()).isBetween(0, i);
                    assertThat(found.end()).isBetween(i, bytes.length);
                }
            }
        }
    }
}
