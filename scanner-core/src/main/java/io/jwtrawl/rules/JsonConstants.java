package io.jwtrawl.rules;

import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes the JSON that rules hold. Apart from [RuleConstants], so that nothing that only searches loads Jackson.
final class JsonConstants {

    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private JsonConstants() {}

    static ObjectNode object(Object... namesAndValues) {
        ObjectNode object = JSON.objectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.set((String) namesAndValues[i], (JsonNode) namesAndValues[i + 1]);
        }
        return object;
    }

    static ArrayNode array(JsonNode... values) {
        return JSON.arrayNode().addAll(Arrays.asList(values));
    }
}
