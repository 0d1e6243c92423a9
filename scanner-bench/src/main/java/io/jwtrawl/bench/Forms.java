package io.jwtrawl.bench;

import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.testkit.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// Every form of a token that the scanner is to find, the vendors' own apart.
final class Forms {

    private static final int USUAL = 4;
    private static final int LONG = 20_000;
    private static final int LONGEST = 700_000;

    private Forms() {}

    static List<Form> all() {
        return Stream.of(
                        signed(),
                        encrypted(),
                        otherSerializations(),
                        headers(),
                        VendorForms.all(),
                        ExampleForms.of(RuleSet.builtInWithExamples(), VendorForms.RULES))
                .flatMap(List::stream)
                .toList();
    }

    /// The plainest form, with HS256.
    static MadeUp plain(Random random) {
        return MadeUp.of(jws("HS256", random));
    }

    /// A signed token.
    static String jws(String alg, Random random) {
        return jws("{\"alg\":\"" + alg + "\",\"typ\":\"JWT\"}", alg, random);
    }

    private static String jws(String header, String alg, Random random) {
        return Tokens.signed(header, Claims.usual(random), signatureBytes(alg), random);
    }

    private static int signatureBytes(String alg) {
        return switch (alg) {
            case "HS256" -> 32;
            case "HS384" -> 48;
            case "HS512", "ES256", "ES256K", "EdDSA" -> 64;
            case "ES384" -> 96;
            case "Ed448" -> 114;
            case "ES512" -> 132;
            case "RS256", "PS256" -> 256;
            case "RS384", "PS384" -> 384;
            case "RS512", "PS512" -> 512;
            case "ML-DSA-44" -> 2420;
            case "ML-DSA-65" -> 3309;
            default -> throw new IllegalArgumentException(alg);
        };
    }

    private static List<Form> signed() {
        return List.of(
                algorithms("JWS, HS256 HS384 HS512", "HS256", "HS384", "HS512"),
                algorithms("JWS, RS256 RS384 RS512", "RS256", "RS384", "RS512"),
                algorithms("JWS, PS256 PS384 PS512", "PS256", "PS384", "PS512"),
                algorithms("JWS, ES256 ES384 ES512 ES256K", "ES256", "ES384", "ES512", "ES256K"),
                algorithms("JWS, EdDSA Ed448", "EdDSA", "Ed448"),
                algorithms("JWS, ML-DSA", "ML-DSA-44", "ML-DSA-65"),
                one(
                        "JWS, an algorithm of its own",
                        random ->
                                Tokens.signed(
                                        "{\"alg\":\"acme-1\"}", Claims.usual(random), 40, random)),
                one(
                        "JWS, payload of one short claim",
                        random ->
                                Tokens.signed(
                                        "{\"alg\":\"HS256\"}",
                                        "{\"a\":" + random.nextInt(1000) + "}",
                                        32,
                                        random)),
                one(
                        "JWS, payload with white space",
                        random ->
                                Tokens.signed(
                                        "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
                                        "{ \"sub\" : \"" + Claims.word(random, 20) + "\" }",
                                        32,
                                        random)),
                variants(
                        "unsecured, `none` in any letter case",
                        (random, variant) ->
                                Tokens.encode("{\"alg\":\"" + variant + "\"}")
                                        + "."
                                        + Tokens.encode(Claims.usual(random))
                                        + ".",
                        "none",
                        "None",
                        "NONE",
                        "nOnE"),
                one(
                        "DPoP proof",
                        random ->
                                Tokens.signed(
                                        "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
                                                + Tokens.encode(Tokens.bytes(random, 32))
                                                + "\",\"y\":\""
                                                + Tokens.encode(Tokens.bytes(random, 32))
                                                + "\"}}",
                                        "{\"jti\":\""
                                                + Claims.word(random, 12)
                                                + "\",\"htm\":\"POST\",\"htu\":\"https://api.example/token\"}",
                                        64,
                                        random)));
    }

    private static List<Form> encrypted() {
        return List.of(
                variants(
                        "JWE, RSA",
                        (random, alg) -> jwe(alg, "", 256, random),
                        "RSA1_5",
                        "RSA-OAEP",
                        "RSA-OAEP-256"),
                variants(
                        "JWE, AES key wrap",
                        (random, alg) -> jwe(alg, "", 40, random),
                        "A128KW",
                        "A192KW",
                        "A256KW"),
                variants(
                        "JWE, AES-GCM key wrap",
                        (random, alg) ->
                                jwe(
                                        alg,
                                        ",\"iv\":\"KkYT0GX_2jHlfqN_\",\"tag\":\""
                                                + Tokens.encode(Tokens.bytes(random, 16))
                                                + "\"",
                                        32,
                                        random),
                        "A128GCMKW",
                        "A256GCMKW"),
                one("JWE, dir", random -> jwe("dir", "", 0, random)),
                one("JWE, ECDH-ES", random -> jwe("ECDH-ES", ephemeralKey(random), 0, random)),
                variants(
                        "JWE, ECDH-ES with key wrap",
                        (random, alg) -> jwe(alg, ephemeralKey(random), 40, random),
                        "ECDH-ES+A128KW",
                        "ECDH-ES+A256KW"),
                variants(
                        "JWE, PBES2",
                        (random, alg) ->
                                jwe(
                                        alg,
                                        ",\"p2c\":4096,\"p2s\":\""
                                                + Tokens.encode(Tokens.bytes(random, 16))
                                                + "\"",
                                        40,
                                        random),
                        "PBES2-HS256+A128KW",
                        "PBES2-HS512+A256KW"),
                one(
                        "JWE, HPKE integrated",
                        random ->
                                Tokens.encode("{\"alg\":\"HPKE-0\",\"kid\":\"1\"}")
                                        + "."
                                        + Tokens.encode(Tokens.bytes(random, 65))
                                        + ".."
                                        + Tokens.encode(Tokens.bytes(random, 120))
                                        + "."),
                one("JWE, zip", random -> jwe("dir", ",\"zip\":\"DEF\"", 0, random)),
                one(
                        "JWE with a JWT inside (cty)",
                        random -> jwe("RSA-OAEP-256", ",\"cty\":\"JWT\"", 256, random)));
    }

    private static List<Form> otherSerializations() {
        return List.of(
                new Form("JWS inside a JWS (cty)", USUAL, (random, _) -> nested(random)),
                one("detached content", random -> withoutPayload(jws("ES256", random))),
                one(
                        "unencoded payload (RFC 7797)",
                        random ->
                                Tokens.encode(
                                                "{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}")
                                        + ".{\"amount\":"
                                        + random.nextInt(100_000)
                                        + "}."
                                        + Tokens.encode(Tokens.bytes(random, 32))),
                new Form("JWS JSON, flattened", USUAL, (random, _) -> JsonForms.signed(random)),
                new Form("JWS JSON, general", USUAL, (random, _) -> JsonForms.signedTwice(random)),
                new Form("JWE JSON, flattened", USUAL, (random, _) -> JsonForms.encrypted(random)),
                new Form(
                        "JWE JSON, general",
                        USUAL,
                        (random, _) -> JsonForms.encryptedForTwo(random)),
                one("SD-JWT", Forms::selective),
                one(
                        "SD-JWT with key binding",
                        random ->
                                selective(random)
                                        + Tokens.signed(
                                                "{\"alg\":\"ES256\",\"typ\":\"kb+jwt\"}",
                                                "{\"nonce\":\""
                                                        + Claims.word(random, 16)
                                                        + "\",\"aud\":\"https://verifier.example\",\"iat\":1767225600}",
                                                64,
                                                random)),
                new Form("standard base64 with padding", USUAL, (random, _) -> padded(random)));
    }

    private static List<Form> headers() {
        return List.of(
                header("white space in the header", "{ \"alg\" : \"HS256\" , \"typ\" : \"JWT\" }"),
                header(
                        "header over several lines",
                        "{\n  \"typ\": \"JWT\",\n  \"alg\": \"HS256\"\n}"),
                header(
                        "other members first",
                        "{\"kid\":\"2026-01\",\"typ\":\"JWT\",\"alg\":\"HS256\"}"),
                header(
                        "`\\u` escapes in the header",
                        "{\"\\u0061lg\":\"HS256\",\"typ\":\"\\u004aWT\"}"),
                header(
                        "byte-order mark before the header",
                        "\ufeff{\"alg\":\"HS256\",\"typ\":\"JWT\"}"),
                header("non-ASCII header", "{\"kid\":\"schlüssel-鍵\",\"alg\":\"HS256\"}"),
                one(
                        "header over 4 kB (x5c)",
                        random ->
                                jws(
                                        "{\"alg\":\"RS256\",\"x5c\":[\""
                                                + standard(Tokens.bytes(random, 1500))
                                                + "\",\""
                                                + standard(Tokens.bytes(random, 1800))
                                                + "\"]}",
                                        "RS256",
                                        random)),
                one("longer than 16 kB", random -> longToken(random, LONG)),
                new Form("nearly 1 MiB", 1, (random, _) -> MadeUp.of(longToken(random, LONGEST))));
    }

    private static Form header(String name, String header) {
        return one(name, random -> jws(header, "HS256", random));
    }

    private static Form algorithms(String name, String... algorithms) {
        return variants(name, (random, alg) -> jws(alg, random), algorithms);
    }

    private static Form one(String name, Function<Random, String> maker) {
        return new Form(name, USUAL, (random, _) -> MadeUp.of(maker.apply(random)));
    }

    private static Form variants(
            String name, BiFunction<Random, String, String> maker, String... variants) {
        return new Form(
                name,
                Math.max(USUAL, variants.length),
                (random, instance) ->
                        MadeUp.of(maker.apply(random, variants[instance % variants.length])));
    }

    private static String jwe(String alg, String more, int keyBytes, Random random) {
        return String.join(
                ".",
                Tokens.encode("{\"alg\":\"" + alg + "\",\"enc\":\"A256GCM\"" + more + "}"),
                Tokens.encode(Tokens.bytes(random, keyBytes)),
                Tokens.encode(Tokens.bytes(random, 12)),
                Tokens.encode(Tokens.bytes(random, 90)),
                Tokens.encode(Tokens.bytes(random, 16)));
    }

    private static String ephemeralKey(Random random) {
        return ",\"epk\":{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\""
                + Tokens.encode(Tokens.bytes(random, 32))
                + "\"}";
    }

    private static String withoutPayload(String jws) {
        return jws.substring(0, jws.indexOf('.') + 1) + jws.substring(jws.lastIndexOf('.'));
    }

    /// The inner token counts; the outer one may be reported too.
    private static MadeUp nested(Random random) {
        String inner = jws("ES256", random);
        String outer = Tokens.signed("{\"alg\":\"RS256\",\"cty\":\"JWT\"}", inner, 256, random);
        return new MadeUp(outer, inner, List.of(outer));
    }

    private static String selective(Random random) {
        String jwt =
                Tokens.signed(
                        "{\"alg\":\"ES256\",\"typ\":\"dc+sd-jwt\"}",
                        "{\"iss\":\"https://issuer.example\",\"_sd\":[\""
                                + Tokens.encode(Tokens.bytes(random, 32))
                                + "\"],\"_sd_alg\":\"sha-256\"}",
                        64,
                        random);
        return jwt
                + "~"
                + Tokens.encode("[\"" + Claims.word(random, 22) + "\",\"given_name\",\"Ada\"]")
                + "~"
                + Tokens.encode("[\"" + Claims.word(random, 22) + "\",\"family_name\",\"Author\"]")
                + "~";
    }

    /// In the alphabet with `+` and `/`, with `=` behind each part, and with a slash somewhere.
    static MadeUp padded(Random random) {
        while (true) {
            byte[] signature = Tokens.bytes(random, 32);
            String header = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
            String claims = Claims.usual(random);
            String text =
                    String.join(
                            ".",
                            standard(header.getBytes(StandardCharsets.UTF_8)),
                            standard(claims.getBytes(StandardCharsets.UTF_8)),
                            standard(signature));
            if (text.indexOf('/') >= 0 && text.indexOf('+') >= 0) {
                return MadeUp.written(
                        text,
                        String.join(
                                ".",
                                Tokens.encode(header),
                                Tokens.encode(claims),
                                Tokens.encode(signature)));
            }
        }
    }

    private static String longToken(Random random, int length) {
        return Tokens.signed(
                "{\"alg\":\"RS256\",\"typ\":\"JWT\"}",
                "{\"sub\":\"x\",\"groups\":\"" + Claims.word(random, length) + "\"}",
                256,
                random);
    }

    private static String standard(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
