package io.jwtrawl.classify;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON of any kind, with what makes readers stumble: huge numbers, control characters, terminal escapes, text of another
/// type than expected.
final class Anything {

    /// Stands in every text.
    static final String MARK = "zqj";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Anything() {}

    static JsonNode json(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 8 : 11);
        return switch (kind) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextLong());
            case 3 -> JSON.numberNode(new BigInteger(300, random));
            case 4 -> JSON.numberNode(new BigDecimal("1e" + random.nextInt(-400, 400)));
            case 5, 6, 7 -> JSON.stringNode(text(random));
            case 8, 9 -> {
                ArrayNode array = JSON.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(json(random, depth - 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = JSON.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set(text(random), json(random, depth - 1));
                }
                yield object;
            }
        };
    }

    private static String text(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> MARK + "\u001b[2J\u202e\n";
            case 1 -> "eyJ" + MARK + ".eyJhbGciOiJIUzI1NiJ9." + random.nextLong();
            case 2 -> MARK + "://user:pw@" + random.nextInt();
            case 3 -> MARK + " admin  ,*";
            case 4 -> "../" + MARK + "' or 1=1; --";
            case 5 -> MARK + "\ud800";
            default -> random.nextInt() + MARK;
        };
    }
}
