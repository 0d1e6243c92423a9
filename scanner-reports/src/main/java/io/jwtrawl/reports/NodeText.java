package io.jwtrawl.reports;

import java.io.StringWriter;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/// JSON as text without white space: what a node's own `toString` gives, without the mapper that takes milliseconds to
/// make.
final class NodeText {

    private static final JsonFactory FACTORY = new JsonFactory();

    private NodeText() {}

    static String of(JsonNode node) {
        if (node.isNumber()) {
            return node.asString();
        }
        var text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(node, out);
        }
        return text.toString();
    }

    private static void write(JsonNode node, JsonGenerator out) {
        if (node.isObject()) {
            out.writeStartObject();
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                out.writeName(member.getKey());
                write(member.getValue(), out);
            }
            out.writeEndObject();
        } else if (node.isArray()) {
            out.writeStartArray();
            for (JsonNode element : node.values()) {
                write(element, out);
            }
            out.writeEndArray();
        } else if (node.isString()) {
            out.writeString(node.stringValue());
        } else {
            writeScalar(node, out);
        }
    }

    /// Writes a number, a truth value or null.
    static void writeScalar(JsonNode node, JsonGenerator out) {
        if (node.isNumber()) {
            out.writeNumber(node.asString());
        } else if (node.isBoolean()) {
            out.writeBoolean(node.booleanValue());
        } else {
            out.writeNull();
        }
    }
}
