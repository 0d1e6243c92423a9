package io.jwtrawl.rules;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A token that was published as an example, or a shape of claims that only placeholders have.
///
/// @param sha256 of the ASCII bytes of the compact serialization, in lowercase hexadecimal
/// @param claims values that all must be equal
public record SampleToken(
        String id,
        String title,
        String source,
        @JsonProperty("sha256") Optional<String> sha256,
        Optional<ObjectNode> claims) {

    public SampleToken {
        if (sha256.isPresent() == claims.isPresent()) {
            throw new IllegalArgumentException(id + ": a sample has either sha256 or claims");
        }
    }

    boolean hasShapeOf(ObjectNode tokenClaims) {
        return claims.filter(shape ->
                        shape.properties().stream()
                                .allMatch(expected ->
                                        sameValue(
                                                expected.getValue(),
                                                tokenClaims.path(expected.getKey()))))
                .isPresent();
    }

    private static boolean sameValue(JsonNode expected, JsonNode actual) {
        return (expected.isNumber() && actual.isNumber())
                ? expected.decimalValue().compareTo(actual.decimalValue()) == 0
                : expected.equals(actual);
    }
}
