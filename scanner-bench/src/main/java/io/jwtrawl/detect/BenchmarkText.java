package io.jwtrawl.detect;

import io.jwtrawl.testkit.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Supplier;

/// One mebibyte of text of a kind; always the same.
enum BenchmarkText {
    /// Code of the Java sort, without a token.
    SOURCE,
    /// Lines of a log, one in a thousand with a token.
    LOG,
    /// Lines of base64 that decode to nothing.
    BASE64,
    /// One token after the other.
    TOKENS,
    /// Tokens, each in base64.
    ENCODED_TOKENS,
    /// Tokens, each in hexadecimal.
    HEX_TOKENS,
    /// Tokens in UTF-16.
    WIDE_TOKENS,
    /// Tokens wrapped at 64 columns.
    WRAPPED_TOKENS;

    private static final int SIZE = 1024 * 1024;

    byte[] bytes() {
        String text =
                switch (this) {
                    case SOURCE -> source();
                    case LOG -> log();
                    case BASE64 -> base64();
                    case TOKENS -> tokens();
                    case ENCODED_TOKENS -> encodedTokens();
                    case HEX_TOKENS -> hexTokens();
                    case WIDE_TOKENS -> wideTokens();
                    case WRAPPED_TOKENS -> wrappedTokens();
                };
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String source() {
        var random = new Random(1);
        return repeated(() ->
                "    public %s get%s(int index, String key) throws IOException { // %s\n        return entries.get(index).%s(key);\n    }\n"
                        .formatted(name(random), name(random), name(random), name(random)));
    }

    private static String log() {
        var random = new Random(2);
        return repeated(() ->
                "2026-03-07T10:%02d:%02d.%03dZ INFO [worker-%d] GET /api/%s?id=%d status=200 bytes=%d%s\n"
                        .formatted(
                                random.nextInt(60),
                                random.nextInt(60),
                                random.nextInt(1000),
                                random.nextInt(16),
                                name(random),
                                random.nextInt(),
                                random.nextInt(10_000),
                                random.nextInt(1000) == 0
                                        ? " t=" + Tokens.any(random.nextLong())
                                        : ""));
    }

    private static String base64() {
        var random = new Random(3);
        return repeated(() -> Base64.getEncoder().encodeToString(Tokens.bytes(random, 57)) + "\n");
    }

    private static String tokens() {
        var random = new Random(4);
        return repeated(() -> "t=" + Tokens.any(random.nextLong()) + "\n");
    }

    private static String encodedTokens() {
        var random = new Random(5);
        return repeated(() ->
                Base64.getEncoder()
                                .encodeToString(
                                        ("x".repeat(random.nextInt(3))
                                                        + Tokens.any(random.nextLong()))
                                                .getBytes(StandardCharsets.ISO_8859_1))
                        + "\n");
    }

    private static String hexTokens() {
        var random = new Random(6);
        return repeated(() ->
                HexFormat.of()
                                .formatHex(
                                        Tokens.any(random.nextLong())
                                                .getBytes(StandardCharsets.ISO_8859_1))
                        + "\n");
    }

    private static String wideTokens() {
        var random = new Random(7);
        return repeated(() ->
                new String(
                        (Tokens.any(random.nextLong()) + "\n").getBytes(StandardCharsets.UTF_16LE),
                        StandardCharsets.ISO_8859_1));
    }

    private static String wrappedTokens() {
        var random = new Random(8);
        return repeated(() -> Tokens.any(random.nextLong()).replaceAll("(.{64})", "$1\n") + "\n\n");
    }

    private static String name(Random random) {
        return random.ints(2 + random.nextInt(10), 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String repeated(Supplier<String> line) {
        var text = new StringBuilder(SIZE + 1024);
        while (text.length() < SIZE) {
            text.append(line.get());
        }
        text.setLength(SIZE);
        return text.toString();
    }
}
