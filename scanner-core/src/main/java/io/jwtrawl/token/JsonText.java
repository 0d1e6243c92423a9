package io.jwtrawl.token;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the JSON of tokens, which anyone may have written.
final class JsonText {

    private static final int MAX_INFLATED = 1024 * 1024;

    private JsonText() {}

    /// The JSON object that `text` is, a byte-order mark aside, if it is one.
    static Optional<ObjectNode> object(byte[] text) {
        return object(text, false);
    }

    /// The same for claims, of which what can be read counts.
    static Optional<ObjectNode> claims(byte[] text) {
        return object(text, true);
    }

    /// @param pruned whether what goes beyond the limits is left out
    private static Optional<ObjectNode> object(byte[] text, boolean pruned) {
        if (!endsLikeObject(text)) {
            return Optional.empty(); // Jackson's messages take longer than a small scan
        }
        // Through a String, so that bytes that are not UTF-8 spoil one character and not the
        // whole token.
        String string = new String(text, StandardCharsets.UTF_8);
        if (string.startsWith("\ufeff")) {
            string = string.substring(1);
        }
        try {
            return object(JsonTree.read(string));
        } catch (StreamConstraintsException e) {
            return pruned ? pruned(string) : Optional.empty();
        } catch (JacksonException | NumberFormatException e) {
            // The latter for an exponent of more digits than a BigDecimal has.
            return Optional.empty();
        }
    }

    private static Optional<ObjectNode> pruned(String text) {
        try {
            return object(JsonTree.readPruned(text));
        } catch (JacksonException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<ObjectNode> object(JsonNode json) {
        return json instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    }

    private static boolean endsLikeObject(byte[] text) {
        int end = text.length;
        while (end > 0 && text[end - 1] <= ' ' && text[end - 1] > 0) {
            end--;
        }
        return end > 0 && text[end - 1] == '}';
    }

    /// The JSON object that `bytes[from, to)` are the base64 encoding of, if they are.
    static Optional<ObjectNode> decode(byte[] bytes, int from, int to) {
        return Base64Url.decode(bytes, from, to).flatMap(JsonText::object);
    }

    /// The same for a payload that may be compressed (`zip` of RFC 7516, section 4.1.3, which some use in signed tokens).
    static Optional<ObjectNode> decodePayload(byte[] bytes, int from, int to, boolean zip) {
        return Base64Url.decode(bytes, from, to)
                .flatMap(payload -> claims(zip ? inflated(payload) : payload));
    }

    private static byte[] inflated(byte[] payload) {
        try (var inflater = new Inflater(true)) {
            inflater.setInput(payload);
            var out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            int n = inflater.inflate(buffer);
            while (n > 0 && out.size() < MAX_INFLATED) {
                out.write(buffer, 0, n);
                n = inflater.inflate(buffer);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            return payload;
        }
    }
}
