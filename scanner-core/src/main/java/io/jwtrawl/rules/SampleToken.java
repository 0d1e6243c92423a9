package io.jwtrawl.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Tokens that one page published as examples, or a shape of claims that only placeholders have.
///
/// @param source where they were published
/// @param sha256 of the ASCII bytes of each compact serialization, in lowercase hexadecimal
/// @param claims values that all must be equal
/// @param exact whether a token of this shape has no other claims but those that a library adds by itself
public record SampleToken(
        String id,
        String title,
        String source,
        List<String> sha256,
        Optional<ObjectNode> claims,
        boolean exact) {

    /// Times and the token's number.
    private static final Set<String> ADDED_BY_ITSELF = Set.of("exp", "iat", "nbf", "jti");

    public SampleToken {
        if (sha256.isEmpty() == claims.isEmpty()) {
            throw new IllegalArgumentException(id + ": a sample has either sha256 or claims");
        }
    }

    @JsonCreator
    static SampleToken of(
            @JsonProperty("id") String id,
            @JsonProperty("title") String title,
            @JsonProperty("source") String source,
            @JsonProperty("sha256") @Nullable List<String> sha256,
            @JsonProperty("claims") Optional<ObjectNode> claims,
            @JsonProperty("exact") @Nullable Boolean exact) {
        return new SampleToken(
                id,
                title,
                source,
                sha256 == null ? List.of() : sha256,
                claims,
                exact != null && exact);
    }

    boolean hasShapeOf(ObjectNode tokenClaims) {
        if (claims.isEmpty()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> expected : claims.get().properties()) {
            if (!sameValue(expected.getValue(), tokenClaims.path(expected.getKey()))) {
                return false;
            }
        }
        return !exact || hasNoOther(claims.get(), tokenClaims);
    }

    private static boolean hasNoOther(ObjectNode shape, ObjectNode tokenClaims) {
        for (String name : tokenClaims.propertyNames()) {
            if (!shape.has(name) && !ADDED_BY_ITSELF.contains(name)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameValue(JsonNode expected, JsonNode actual) {
        return (expected.isNumber() && actual.isNumber())
                ? expected.decimalValue().compareTo(actual.decimalValue()) == 0
                : expected.equals(actual);
    }
}
