package io.jwtrawl.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One thing that must be true of a token's header or claims.
///
/// @param path the names that lead to the value, outermost first
public record Condition(Part part, List<String> path, Test test) {

    /// Where the value stands.
    public enum Part {
        HEADER,
        CLAIMS
    }

    /// What must be true of the value. Of an array, one element that fits is enough.
    public sealed interface Test {
        record EqualTo(String value) implements Test {}

        record Like(Glob glob) implements Test {}

        record OneOf(List<String> values) implements Test {}

        /// The value is an array, or words separated by spaces, that holds this one.
        record Contains(String word) implements Test {}

        record Present(boolean expected) implements Test {}
    }

    @JsonCreator
    static Condition of(
            @JsonProperty("claim") @Nullable List<String> claim,
            @JsonProperty("header") @Nullable List<String> header,
            @JsonProperty("equals") @Nullable String equals,
            @JsonProperty("glob") @Nullable String glob,
            @JsonProperty("one-of") @Nullable List<String> oneOf,
            @JsonProperty("contains") @Nullable String contains,
            @JsonProperty("present") @Nullable Boolean present) {
        Test test =
                equals != null
                        ? new Test.EqualTo(equals)
                        : glob != null
                                ? new Test.Like(Glob.of(glob))
                                : oneOf != null
                                        ? new Test.OneOf(oneOf)
                                        : contains != null
                                                ? new Test.Contains(contains)
                                                : new Test.Present(present == null || present);
        if (claim != null) {
            return new Condition(Part.CLAIMS, claim, test);
        }
        if (header != null) {
            return new Condition(Part.HEADER, header, test);
        }
        throw new IllegalArgumentException("a condition names a claim or a header member");
    }

    boolean holds(ObjectNode header, ObjectNode claims) {
        JsonNode value = part == Part.HEADER ? header : claims;
        for (String name : path) {
            value = value.path(name);
        }
        if (test instanceof Test.Present(var expected)) {
            return expected == !value.isMissingNode();
        }
        if (value.isArray()) {
            for (JsonNode element : value) {
                if (element.isString() && holds(element.stringValue())) {
                    return true;
                }
            }
            return false;
        }
        return value.isString() && holds(value.stringValue());
    }

    private boolean holds(String value) {
        return switch (test) {
            case Test.EqualTo(var expected) -> value.equals(expected);
            case Test.Like(var glob) -> glob.matches(value);
            case Test.OneOf(var values) -> values.contains(value);
            case Test.Contains(var word) -> Arrays.asList(value.split(" ", -1)).contains(word);
            case Test.Present(var expected) -> expected;
        };
    }
}
