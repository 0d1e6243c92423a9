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

        /// Whether this is true of one value, as far as it alone tells.
        boolean holds(String value);

        record EqualTo(String expected) implements Test {

            @Override
            public boolean holds(String value) {
                return value.equals(expected);
            }
        }

        record Like(Glob glob) implements Test {

            @Override
            public boolean holds(String value) {
                return glob.matches(value);
            }
        }

        record OneOf(List<String> values) implements Test {

            @Override
            public boolean holds(String value) {
                return values.contains(value);
            }
        }

        /// The value is an array, or words separated by spaces, that holds this one.
        record Contains(String word) implements Test {

            @Override
            public boolean holds(String value) {
                return Arrays.asList(value.split(" ", -1)).contains(word);
            }
        }

        record Present(boolean expected) implements Test {

            @Override
            public boolean holds(String value) {
                return expected;
            }
        }

        /// The value is that of another claim.
        record SameAs(List<String> claim) implements Test {

            @Override
            public boolean holds(String value) {
                return false;
            }
        }
    }

    @JsonCreator
    static Condition of(
            @JsonProperty("claim") @Nullable List<String> claim,
            @JsonProperty("header") @Nullable List<String> header,
            @JsonProperty("equals") @Nullable String equals,
            @JsonProperty("glob") @Nullable String glob,
            @JsonProperty("one-of") @Nullable List<String> oneOf,
            @JsonProperty("contains") @Nullable String contains,
            @JsonProperty("present") @Nullable Boolean present,
            @JsonProperty("same-as") @Nullable List<String> sameAs) {
        Test test =
                equals != null
                        ? new Test.EqualTo(equals)
                        : glob != null
                                ? new Test.Like(Glob.of(glob))
                                : oneOf != null
                                        ? new Test.OneOf(oneOf)
                                        : contains != null
                                                ? new Test.Contains(contains)
                                                : sameAs != null
                                                        ? new Test.SameAs(sameAs)
                                                        : new Test.Present(
                                                                present == null || present);
        if (claim != null) {
            return new Condition(Part.CLAIMS, claim, test);
        }
        if (header != null) {
            return new Condition(Part.HEADER, header, test);
        }
        throw new IllegalArgumentException("a condition names a claim or a header member");
    }

    /// The value's name, such as `realm_access.roles`.
    String name() {
        return String.join(".", path);
    }

    static boolean allHold(List<Condition> conditions, ObjectNode header, ObjectNode claims) {
        for (Condition condition : conditions) {
            if (!condition.holds(header, claims)) {
                return false;
            }
        }
        return true;
    }

    boolean holds(ObjectNode header, ObjectNode claims) {
        JsonNode value = at(path, part == Part.HEADER ? header : claims);
        if (test instanceof Test.Present(var expected)) {
            return expected == !value.isMissingNode();
        }
        if (test instanceof Test.SameAs(var other)) {
            return value.isString() && value.equals(at(other, claims));
        }
        if (value.isArray()) {
            for (JsonNode element : value) {
                if (element.isString() && test.holds(element.stringValue())) {
                    return true;
                }
            }
            return false;
        }
        return value.isString() && test.holds(value.stringValue());
    }

    private static JsonNode at(List<String> path, JsonNode outermost) {
        JsonNode value = outermost;
        for (String name : path) {
            value = value.path(name);
        }
        return value;
    }
}
