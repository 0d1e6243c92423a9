package io.jwtrawl.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.testkit.Tries;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class NodeTextTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Test
    void isWhatTheNodeItselfSays() {
        Tries.run(
                5_000,
                random -> {
                    JsonNode node = node(random, 4);
                    assertThat(NodeText.of(node)).isEqualTo(node.toString());
                });
    }

    private static JsonNode node(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> JSON.stringNode(text(random));
            case 1 -> JSON.numberNode(random.nextInt());
            case 2 -> JSON.numberNode(random.nextLong());
            case 3 -> JSON.numberNode(random.nextGaussian() * 1e300);
            case 4 -> JSON.numberNode(new java.math.BigInteger(100, random));
            case 5 -> JSON.booleanNode(random.nextBoolean());
            case 6 -> JSON.nullNode();
            case 7 -> {
                var array = JSON.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(node(random, depth - 1));
                }
                yield array;
            }
            default -> {
                var object = JSON.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set(text(random), node(random, depth - 1));
                }
                yield object;
            }
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.appendCodePoint(
                    random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0xd800));
        }
        return text.toString();
    }
}
