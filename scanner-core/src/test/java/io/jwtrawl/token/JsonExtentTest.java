package io.jwtrawl.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.detect.CandidateSink;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

class JsonExtentTest {

    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "\"a\"",
                    "\"\\\"\\\\\"",
                    "\"é\"",
                    "1",
                    "-2.5e+3",
                    "true",
                    "null",
                    " ",
                    "\n",
                    "{\"a\":1}",
                    "{\"b\":[{},[]]}",
                    "\"c\":",
                    "x",
                    "\"",
                    "\\");

    /// Whatever a parser takes for an object ends where the parser says, and is open wherever it is cut.
    @Test
    void endsWhereAParserSays() {
        var random = new Random(1);
        int objects = 0;
        for (int i = 0; i < 100_000; i++) {
            var text = new StringBuilder("{");
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append(
                        random.nextInt(3) == 0
                                ? "\"m\":" + PIECES.get(9 + random.nextInt(8)) + ","
                                : PIECES.get(random.nextInt(PIECES.size())));
            }
            if (random.nextBoolean() && text.charAt(text.length() - 1) == ',') {
                text.setLength(text.length() - 1);
            }
            text.append("}, tail");
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            int expected = parsed(bytes);
            if (expected > 0) {
                objects++;
                assertThat(JsonExtent.end(bytes, 0, bytes.length))
                        .as("%s", text)
                        .isEqualTo(expected);
                for (int cut = 1; cut < expected; cut++) {
                    assertThat(JsonExtent.end(bytes, 0, cut))
                            .as("%s cut at %d", text, cut)
                            .isEqualTo(CandidateSink.OPEN);
                }
            }
        }
        assertThat(objects).isGreaterThan(5_000);
    }

    @Test
    void seesThatSomethingIsNoJson() {
        for (String text :
                List.of(
                        "{\"a\":\"b\",{",
                        "{a",
                        "{\"a\" \"b\"",
                        "{\"a\":\n\"b\nc\"",
                        "{\"a\":1]",
                        "{,",
                        "{\"a\":x")) {
            byte[] bytes = (text + " tail").getBytes(StandardCharsets.UTF_8);
            assertThat(JsonExtent.end(bytes, 0, bytes.length))
                    .as(text)
                    .isEqualTo(CandidateSink.NONE);
        }
    }

    private static int parsed(byte[] bytes) {
        try (JsonParser parser = JsonTree.parser(new ByteArrayInputStream(bytes))) {
            return JsonTree.next(parser).isObject()
                    ? (int) parser.currentLocation().getByteOffset()
                    : -1;
        } catch (JacksonException | NumberFormatException e) {
            return -1;
        }
    }
}
