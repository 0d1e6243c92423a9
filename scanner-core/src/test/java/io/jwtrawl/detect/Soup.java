package io.jwtrawl.detect;

import io.jwtrawl.testkit.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Texts made of what tokens are made of, glued together in the ways that confuse. Each character is one byte.
final class Soup {

    private static final List<String> HEADERS =
            List.of(
                    "{\"alg\":\"HS256\"}",
                    "{\"typ\":\"JWT\",\"alg\":\"ES256\"}",
                    "{\"alg\":\"RS256\",\"kid\":\"k\"}",
                    "{\"alg\":\"EdDSA\"}",
                    "{\"alg\":\"none\"}",
                    "{\"alg\":\"NoNe\"}",
                    "{\"alg\":\"X1\"}",
                    "{\"alg\":\"ES256\",\"b64\":false,\"crit\":[\"b64\"]}",
                    "{\"alg\":\"dir\",\"enc\":\"A256GCM\"}",
                    "{\"alg\":\"RSA-OAEP\",\"enc\":\"A128CBC-HS256\"}",
                    "{\"alg\":\"dir\",\"enc\":\"X2\"}",
                    "{\"alg\":\"HPKE-0\"}",
                    "{ \"alg\" : \"HS256\" }",
                    "{\n  \"alg\":\"HS256\"}",
                    "\n\n{\"alg\":\"HS256\"}",
                    "\ufeff{\"alg\":\"HS256\"}",
                    "{\"alg\":7}",
                    "{\"typ\":\"JWT\"}",
                    "{\"alg\":\"HS256\",\"alg\":\"none\"}",
                    "{\"\\u0061lg\":\"HS256\"}",
                    "{\"k\":{\"alg\":\"HS256\"}}",
                    "{}",
                    "[]");

    private static final List<String> PAYLOADS =
            List.of(
                    "{\"sub\":\"x\"}",
                    "{\"a\":[1,2,{\"b\":null}]}",
                    "{ }",
                    "{\"cut\":\"",
                    "[\"salt\",\"name\",\"value\"]",
                    "text",
                    "");

    private static final List<String> GLUE =
            List.of(
                    "eyJ",
                    "ey",
                    "e",
                    "J",
                    "eyA",
                    "eyI",
                    "ewogI",
                    "77u_",
                    "77u/",
                    ".eyJ",
                    ".",
                    ".",
                    ".",
                    "..",
                    "...",
                    "~",
                    "~",
                    "~~",
                    "=",
                    "==",
                    "===",
                    "-",
                    "_",
                    "+",
                    "/",
                    "//",
                    " ",
                    "\n",
                    "\r\n",
                    "\t",
                    "\"",
                    "'",
                    "`",
                    ":",
                    ",",
                    "%",
                    "\\",
                    "a",
                    "0",
                    "AAAA",
                    "\u00e9",
                    "\u0000",
                    "\u00ff\u00fe",
                    "Bearer ",
                    "W",
                    "***");

    private final Random random;

    Soup(Random random) {
        this.random = random;
    }

    /// A few clumps, each too short for more false beginnings in one header than the detector looks at.
    String text() {
        var text = new StringBuilder();
        int clumps = 1 + random.nextInt(3);
        for (int i = 0; i < clumps; i++) {
            int pieces = 1 + random.nextInt(12);
            for (int j = 0; j < pieces; j++) {
                text.append(piece());
            }
            text.append(one(List.of(" ", "\n", "\"", "\u0000")));
        }
        return text.toString();
    }

    private String piece() {
        return one(List.<Supplier<String>>of(
                        () -> one(GLUE),
                        () -> one(GLUE),
                        () -> one(GLUE),
                        () -> part(one(HEADERS)),
                        () -> part(one(PAYLOADS)),
                        this::signature,
                        this::token,
                        this::token,
                        () -> piece(token()),
                        this::noise))
                .get();
    }

    /// A token of some form, whole and right, or with parts that do not belong together.
    String token() {
        String header = part(one(HEADERS));
        return switch (random.nextInt(9)) {
            case 0 -> Tokens.any(random.nextInt(4));
            case 1 -> header + "." + part(one(PAYLOADS)) + "." + signature();
            case 2 -> header + "." + part(one(PAYLOADS)) + ".";
            case 3 -> header + ".." + signature();
            case 4 -> header + "." + one(List.of("plain", "$-9/x", "a,b")) + "." + signature();
            case 5 ->
                    String.join(
                            ".",
                            header,
                            random.nextBoolean() ? "" : signature(),
                            bytes(12),
                            bytes(random.nextInt(40)),
                            random.nextBoolean() ? bytes(16) : signature());
            case 6 -> header + "." + bytes(20) + ".." + bytes(30) + ".";
            case 7 ->
                    Tokens.any(random.nextInt(4))
                            + "~"
                            + part("[\"salt\",\"name\",7]")
                            + "~"
                            + (random.nextBoolean() ? Tokens.any(random.nextInt(4)) : "");
            default -> loose(header + "." + part(one(PAYLOADS)) + "." + signature());
        };
    }

    /// A signed token whose signature is as long as its algorithm makes it.
    String signed(String alg, String claims) {
        int length = alg.startsWith("HS") ? 32 : alg.startsWith("ES") ? 64 : 256;
        return part("{\"alg\":\"" + alg + "\",\"typ\":\"JWT\"}")
                + "."
                + part(claims)
                + "."
                + bytes(length);
    }

    /// An encrypted token as RSA-OAEP and A256GCM make it.
    String encrypted() {
        return String.join(
                ".",
                part("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\"}"),
                bytes(256),
                bytes(12),
                bytes(40 + random.nextInt(40)),
                bytes(16));
    }

    private static String loose(String token) {
        String[] parts = token.split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] =
                    parts[i].replace('-', '+').replace('_', '/')
                            + "=".repeat((4 - parts[i].length() % 4) % 4);
        }
        return String.join(".", parts);
    }

    private String signature() {
        return switch (random.nextInt(8)) {
            case 0 -> bytes(64);
            case 1 -> bytes(256);
            case 2 -> bytes(33);
            case 3 -> bytes(random.nextInt(12));
            case 4 -> "a".repeat(random.nextInt(60));
            default -> bytes(32);
        };
    }

    private String piece(String text) {
        int from = random.nextInt(text.length() + 1);
        return random.nextBoolean() ? text.substring(from) : text.substring(0, from);
    }

    private String noise() {
        byte[] noise = new byte[random.nextInt(6)];
        random.nextBytes(noise);
        return new String(noise, StandardCharsets.ISO_8859_1);
    }

    private static String part(String text) {
        return Tokens.encode(text);
    }

    private String bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
