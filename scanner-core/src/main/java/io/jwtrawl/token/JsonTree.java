package io.jwtrawl.token;

import java.io.InputStream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads JSON that anyone may have written into trees, within limits: as Jackson's mapper does, which takes 15 ms to load.
///
/// Of members with one name the last counts. All methods throw [tools.jackson.core.JacksonException] for what is no JSON
/// or beyond a limit, and NumberFormatException for an exponent of more digits than a BigDecimal has.
final class JsonTree {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER_LENGTH = 400;

    private static final JsonFactory FACTORY = factory(MAX_DEPTH, MAX_NUMBER_LENGTH);

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTree() {}

    /// The value that `text` is. Nothing may follow it.
    static JsonNode read(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonNode value = next(parser);
            return parser.nextToken() == null ? value : NODES.missingNode();
        }
    }

    /// The same, but null stands in place of what lies too deep and of numbers that are too long: what else a token says
    /// still counts.
    static JsonNode readPruned(String text) {
        try (JsonParser parser = Pruning.FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonNode value = next(parser);
            return parser.nextToken() == null ? value : NODES.missingNode();
        }
    }

    /// Loaded with the first token that goes beyond the limits.
    private static final class Pruning {
        static final JsonFactory FACTORY = factory(20_000, 1024 * 1024);
    }

    private static JsonFactory factory(int depth, int numberLength) {
        return JsonFactory.builder()
                // Ready in ten milliseconds, and worth it for longer numbers only.
                .disable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
                .streamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(depth)
                                .maxNumberLength(numberLength)
                                .build())
                .build();
    }

    /// A parser for [#next].
    static JsonParser parser(InputStream in) {
        return FACTORY.createParser(ObjectReadContext.empty(), in);
    }

    /// Reads one value; missing at the end of the input.
    static JsonNode next(JsonParser parser) {
        JsonToken token = parser.nextToken();
        return token == null ? NODES.missingNode() : value(parser, token, MAX_DEPTH);
    }

    /// @param depth so many levels may follow
    private static JsonNode value(JsonParser parser, JsonToken token, int depth) {
        if (token.isStructStart() && depth == 0) {
            parser.skipChildren();
            return NODES.nullNode();
        }
        if (token.isNumeric() && parser.getStringLength() > MAX_NUMBER_LENGTH) {
            return NODES.nullNode();
        }
        return switch (token) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                    object.set(name, value(parser, parser.nextToken(), depth - 1));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                for (JsonToken element = parser.nextToken();
                        element != JsonToken.END_ARRAY;
                        element = parser.nextToken()) {
                    array.add(value(parser, element, depth - 1));
                }
                yield array;
            }
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT ->
                    switch (parser.getNumberType()) {
                        case INT -> NODES.numberNode(parser.getIntValue());
                        case LONG -> NODES.numberNode(parser.getLongValue());
                        case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL ->
                                NODES.numberNode(parser.getBigIntegerValue());
                    };
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw new IllegalStateException("no beginning of a value: " + token);
        };
    }
}
