package io.jwtrawl.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonTreeTest {

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .disable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(64)
                                                    .maxNumberLength(400)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "\"a\"",
                    "\"b\"",
                    "\"\\u00e9\\\"\"",
                    "1",
                    "-7",
                    "1.50",
                    "1e3",
                    "1E-2",
                    "2147483648",
                    "9223372036854775808",
                    "true",
                    "false",
                    "null",
                    " ",
                    "\n",
                    "x",
                    "\"",
                    "0.0",
                    "1e999999999999");

    @Test
    void readsWhatTheMapperReads() {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            value(random, text, 3);
            if (random.nextInt(3) == 0) {
                int at = random.nextInt(text.length());
                text.replace(at, at + 1, PIECES.get(random.nextInt(PIECES.size())));
            }
            assertSame(text.toString());
        }
    }

    @Test
    void keepsTheSameLimits() {
        Stream.of(
                        IntStream.of(63, 64, 65, 10_000)
                                .mapToObj(n -> "[".repeat(n) + "]".repeat(n)),
                        IntStream.of(400, 401, 100_000).mapToObj(n -> "[" + "9".repeat(n) + "]"),
                        Stream.of(
                                "",
                                " ",
                                "{} {}",
                                "{\"a\":1,\"a\":2}",
                                "\ufeff{}",
                                "{\"a\":\"\ud800\"}"))
                .flatMap(texts -> texts)
                .forEach(JsonTreeTest::assertSame);
    }

    private static void assertSame(String text) {
        assertThat(read(text, JsonTree::read)).as(text).isEqualTo(read(text, MAPPER::readTree));
    }

    private static Optional<JsonNode> read(
            String text, java.util.function.Function<String, JsonNode> reader) {
        try {
            return Optional.of(reader.apply(text)).filter(node -> !node.isMissingNode());
        } catch (JacksonException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static void value(Random random, StringBuilder text, int depth) {
        switch (depth == 0 ? 2 : random.nextInt(3)) {
            case 0 -> {
                text.append('{');
                for (int i = random.nextInt(4); i > 0; i--) {
                    text.append(random.nextBoolean() ? "\"a\":" : "\"b\" : ");
                    value(random, text, depth - 1);
                    text.append(i > 1 ? "," : "");
                }
                text.append('}');
            }
            case 1 -> {
                text.append('[');
                for (int i = random.nextInt(4); i > 0; i--) {
                    value(random, text, depth - 1);
                    text.append(i > 1 ? ", " : "");
                }
                text.append(']');
            }
            default -> text.append(PIECES.get(6 + random.nextInt(PIECES.size() - 6)));
        }
    }
}
