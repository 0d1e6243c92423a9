package io.jwtrawl.engine;

import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/// Measures how fast texts are searched that were made to be slow, beside ordinary source text.
///
/// Not a test: prints a table.
final class WorstCases {

    /// Seconds after which a text is not measured at twice the size.
    private static final double ENOUGH = 1.5;

    private WorstCases() {}

    /// @param arguments how many MiB of each text at most, a folder of sources, and words that a name must contain one of
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int mebibytes = Integer.parseInt(arguments[0]);
        double usual = 0;
        for (var text : texts(Path.of(arguments[1])).entrySet()) {
            boolean wanted =
                    arguments.length == 2
                            || Stream.of(arguments).skip(2).anyMatch(text.getKey()::contains);
            if (!wanted && usual > 0) {
                continue;
            }
            int size = 1;
            double half = 0;
            double speed = SearchSpeed.measure(text.getValue(), size);
            while (size < mebibytes && (size == 1 || size / speed < ENOUGH)) {
                size *= 2;
                half = speed;
                speed = SearchSpeed.measure(text.getValue(), size);
            }
            usual = usual == 0 ? speed : usual;
            System.out.printf(
                    "%-36s %5d MiB %8.1f MB/s %6.2f of usual %6.2f of half as much%n",
                    text.getKey(), size, speed, speed / usual, speed / half);
        }
    }

    private static Map<String, byte[]> texts(Path sources) throws IOException {
        Map<String, byte[]> texts = new LinkedHashMap<>();
        texts.put("source text", SearchSpeed.sourceText(sources));
        texts.put("random base64", latin(randomBase64()));
        repeat(texts, "eyJ", "eyJ");
        repeat(texts, "eyJhbGciOi.eyJ", "eyJhbGciOi.eyJ");
        repeat(texts, "headers and dots", "eyJhbGciOiJIUzI1NiJ9.");
        repeat(texts, "headers, line by line", "eyJhbGciOiJIUzI1NiJ9\n");
        repeat(texts, "header and payload, line by line", "eyJhbGciOiJIUzI1NiJ9.eyJ\n");
        repeat(
                texts,
                "token characters, wrapped",
                "eyJhbGciOiJIUzI1NiJ9abcdefgh\nijklmnopqrstuvwxyz\n");
        repeat(texts, "short lines", "eyJh\n");
        repeat(texts, "tokens", Tokens.any(1) + "\n");
        repeat(texts, "tokens, glued", Tokens.any(1) + ".");
        repeat(texts, "concatenation", "\"eyJhbGciOiJIUzI1NiJ9\" + ");
        repeat(texts, "concatenation of payloads", "\"eyJhbGciOiJIUzI1NiJ9.eyJzdWIi\" + ");
        repeat(texts, "list of headers", "\"eyJhbGciOiJIUzI1NiJ9\", ");
        repeat(texts, "percent", "%65%79%4a");
        repeat(
                texts,
                "percent, header",
                "%65%79%4a%68%62%47%63%69%4f%69%4a%49%55%7a%49%31%4e%69%4a%39%2e");
        repeat(texts, "JSON escapes", "\\u0065\\u0079\\u004a");
        repeat(texts, "HTML entities", "&#101;&#121;&#74;");
        repeat(texts, "hexadecimal", "65794a");
        repeat(texts, "hexadecimal, spaced", "65 79 4a ");
        repeat(texts, "UTF-16", "e\0y\0J\0");
        repeat(texts, "UTF-32", "e\0\0\0y\0\0\0J\0\0\0");
        repeat(texts, "ZXlK", "ZXlK");
        repeat(texts, "ZXlK, line by line", "ZXlKaGJHY2lPaUpJVXpJMU5pSjk\n");
        repeat(texts, "base64 of a header", "ZXlKaGJHY2lPaUpJVXpJMU5pSjku");
        repeat(texts, "base64 twice", "WlhsS2FHSkhZMmxQYVVwSlZYcEpNVTVwU2pr");
        repeat(texts, "gzip in base64", "H4sIAAAA");
        repeat(texts, "JSON payload, opened", "{\"payload\":\"eyJ\",");
        repeat(texts, "JSON protected, opened", "{\"protected\":\"eyJhbGciOiJIUzI1NiJ9\",\"a\":");
        repeat(texts, "JSON in a string", "\\\"eyJhbGciOiJIUzI1NiJ9\\\",");
        repeat(
                texts,
                "JSON in JSON, and JSON",
                "{\"payload\":\"eyJ\",\"a\":[{\"t\":\"{\\\"payload\\\":\\\"eyJ\\\"}\"},");
        repeat(
                texts,
                "JSON without end",
                "{\"payload\":\"eyJ\",\"a\":[1,2,3],\"b\":\"c\",\"d\":{}},");
        for (int depth = 2; depth <= 6; depth++) {
            texts.put("nested base64, " + depth + " deep", nested(depth));
        }
        return texts;
    }

    private static void repeat(Map<String, byte[]> texts, String name, String unit) {
        texts.put(name, latin(unit.repeat(SearchSpeed.MIB / unit.length())));
    }

    /// At each level `eyJ` and the next level stand side by side.
    private static byte[] nested(int depth) {
        String text = "eyJhbGciOiJIUzI1NiJ9.eyJ ".repeat(20);
        for (int i = 0; i < depth; i++) {
            text = "\"eyJ " + Base64.getEncoder().encodeToString(latin(text.repeat(3))) + "\"\n";
        }
        return latin(text.repeat(Math.max(1, SearchSpeed.MIB / text.length())));
    }

    private static String randomBase64() {
        byte[] bytes = new byte[3 * SearchSpeed.MIB];
        new Random(1).nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
