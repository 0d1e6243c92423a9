package io.jwtrawl.verify;

import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads JSON in base64url that somebody else made, within limits of depth and size.
final class BoundJson {

    private static final JsonMapper JSON =
            new JsonMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder().maxNestingDepth(100).build())
                            .build());

    private BoundJson() {}

    static Optional<JsonNode> object(String base64) {
        return read(base64).filter(JsonNode::isObject);
    }

    /// A disclosure: a salt, a name unless it is an element of an array, and a value (RFC 9901, section 4.2).
    static Optional<JsonNode> array(String base64) {
        return read(base64)
                .filter(json -> json.isArray() && (json.size() == 2 || json.size() == 3));
    }

    private static Optional<JsonNode> read(String base64) {
        try {
            return Optional.of(JSON.readTree(Base64.getUrlDecoder().decode(base64)));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
