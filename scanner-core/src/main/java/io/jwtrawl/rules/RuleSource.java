package io.jwtrawl.rules;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Writes rules as the Java source of a class that makes them, which starts twenty times faster than reading them from
/// JSON into records. Examples are left out: no scan needs them.
final class RuleSource {

    static final String CLASS_NAME = "CompiledRules";

    /// A class file allows 64 KiB of code in a method; long expressions get one of their own.
    private static final int MAX_EXPRESSION = 4000;

    /// A class file allows 65,535 bytes in a string, and three of them in a character.
    private static final int MAX_STRING = 20_000;

    private final List<String> methods = new ArrayList<>();

    private RuleSource() {}

    static String of(RuleSet rules) {
        var source = new RuleSource();
        String made =
                Stream.of(rules.tokens(), rules.encodings(), rules.algorithms(), rules.needles())
                        .map(source::expression)
                        .collect(Collectors.joining(", "));
        String policies = source.expression(rules.policies());
        String detection = source.expression(rules.detection());
        String knowledge = source.expression(rules.knowledge());
        return """
        package io.jwtrawl.rules;

        final class %1$s extends RuleConstants {
            @Override
            public RuleSet get() {
                return new RuleSet(%2$s, %1$s::detection, %1$s::policies, %1$s::knowledge);
            }

            private static Detection detection() {
                return %5$s;
            }

            private static java.util.List<Policy> policies() {
                return %6$s;
            }

            private static RuleSet.Knowledge knowledge() {
                return %3$s;
            }

        %4$s
        }
        """
                .formatted(
                        CLASS_NAME,
                        made,
                        knowledge,
                        String.join("\n\n", source.methods),
                        detection,
                        policies);
    }

    private String expression(Object value) {
        return switch (value) {
            case String text -> string(text);
            case Integer _, Double _, Boolean _ -> value.toString();
            case Enum<?> constant ->
                    constant.getDeclaringClass().getCanonicalName() + "." + constant.name();
            case Duration duration ->
                    "java.time.Duration.ofMillis(%dL)".formatted(duration.toMillis());
            case Optional<?> optional ->
                    optional.map(content -> "java.util.Optional.of(" + expression(content) + ")")
                            .orElse("java.util.Optional.empty()");
            case List<?> list -> hoisted("java.util.List", "java.util.List.of", list);
            case Set<?> set ->
                    "new java.util.LinkedHashSet<>(" + expression(List.copyOf(set)) + ")";
            case Map<?, ?> map ->
                    "map("
                            + map.entrySet().stream()
                                    .map(entry ->
                                            expression(entry.getKey())
                                                    + ", "
                                                    + expression(entry.getValue()))
                                    .collect(Collectors.joining(", "))
                            + ")";
            case JsonNode json -> json(json);
            case byte[] bytes -> "bytes(" + string(RuleConstants.text(bytes)) + ")";
            case char[] chars -> "chars(" + string(RuleConstants.text(chars)) + ")";
            case long[] longs -> "longs(" + string(RuleConstants.text(longs)) + ")";
            case SampleCatalogue samples ->
                    "new SampleCatalogue(%s, %s)"
                            .formatted(expression(samples.hashes()), expression(samples.shapes()));
            case ScopeGroups scopes -> "ScopeGroups.of(%s)".formatted(expression(scopes.groups()));
            case NameSet names -> "NameSet.of(%s)".formatted(expression(names.globs()));
            case Record made -> {
                String type = made.getClass().getCanonicalName();
                yield hoisted(type, "new " + type, components(made));
            }
            default ->
                    throw new IllegalArgumentException(
                            "cannot be written as source: " + value.getClass());
        };
    }

    private String json(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT ->
                    json.properties().stream()
                            .map(member -> string(member.getKey()) + ", " + json(member.getValue()))
                            .collect(Collectors.joining(", ", "JsonConstants.object(", ")"));
            case ARRAY ->
                    json.valueStream()
                            .map(this::json)
                            .collect(Collectors.joining(", ", "JsonConstants.array(", ")"));
            case STRING -> "JsonConstants.JSON.stringNode(" + string(json.stringValue()) + ")";
            case NUMBER ->
                    json.isInt()
                            ? "JsonConstants.JSON.numberNode(" + json.intValue() + ")"
                            : json.isLong()
                                    ? "JsonConstants.JSON.numberNode(" + json.longValue() + "L)"
                                    : "JsonConstants.JSON.numberNode(new java.math.BigDecimal("
                                            + string(json.toString())
                                            + "))";
            case BOOLEAN -> "JsonConstants.JSON.booleanNode(" + json.booleanValue() + ")";
            case NULL -> "JsonConstants.JSON.nullNode()";
            case BINARY, MISSING, POJO ->
                    throw new IllegalArgumentException("not in a JSON text: " + json.getNodeType());
        };
    }

    private static List<Object> components(Record value) {
        List<Object> components = new ArrayList<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            if (component.getName().equals("examples")
                    || component.getName().equals("nonExamples")) {
                components.add(List.of());
                continue;
            }
            try {
                component.getAccessor().setAccessible(true);
                components.add(component.getAccessor().invoke(value));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return components;
    }

    /// A call, in a method of its own if it is long.
    private String hoisted(String type, String callee, List<?> arguments) {
        String call =
                callee
                        + arguments.stream()
                                .map(this::expression)
                                .collect(Collectors.joining(", ", "(", ")"));
        if (call.length() <= MAX_EXPRESSION) {
            return call;
        }
        String name = "part" + methods.size();
        boolean list = type.equals("java.util.List");
        methods.add(
                """
                @SuppressWarnings("unchecked")
                private static %s %s() {
                    return %s%s;
                }\
                """
                        .formatted(
                                list ? "<T> java.util.List<T>" : type,
                                name,
                                list ? "(java.util.List<T>) " : "",
                                call));
        return name + "()";
    }

    private static String string(String text) {
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from == 0 || from < text.length(); from += MAX_STRING) {
            pieces.add(literal(text.substring(from, Math.min(from + MAX_STRING, text.length()))));
        }
        return pieces.size() == 1
                ? pieces.getFirst()
                : "String.join(\"\", " + String.join(", ", pieces) + ")";
    }

    private static String literal(String text) {
        return text.chars()
                .mapToObj(c ->
                        c >= ' ' && c < 0x7f && c != '"' && c != '\\'
                                ? String.valueOf((char) c)
                                : c == '\n' || c == '\r' || c == '"' || c == '\\'
                                        ? "\\%03o".formatted(c)
                                        : "\\u%04x".formatted(c))
                .collect(Collectors.joining("", "\"", "\""));
    }
}
