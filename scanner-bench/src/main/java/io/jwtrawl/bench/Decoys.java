package io.jwtrawl.bench;

import io.jwtrawl.testkit.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Text that looks like a token and is none.
final class Decoys {

    /// How many files of each the corpus has.
    static final int INSTANCES = 3;

    private Decoys() {}

    /// Makes one.
    @FunctionalInterface
    interface Maker {
        String make(Random random);
    }

    /// @param name the row of the table
    /// @param extension of the files
    record Decoy(String name, String extension, Maker maker) {}

    static List<Decoy> all() {
        return Stream.of(json(), otherTokens(), examples(), noise()).flatMap(List::stream).toList();
    }

    private static List<Decoy> json() {
        return List.of(
                new Decoy(
                        "source map",
                        "js",
                        random ->
                                "//# sourceMappingURL=data:application/json;base64,"
                                        + standard(
                                                "{\"version\":3,\"sources\":[\""
                                                        + Claims.word(random, 8)
                                                        + ".ts\"],\"names\":[],\"mappings\":\"AAAA,SAAS,EAAE\"}")
                                        + "\n"),
                new Decoy(
                        "cursor",
                        "json",
                        random ->
                                "{\"next_cursor\":\""
                                        + standard(
                                                "{\"id\":"
                                                        + random.nextInt(1 << 30)
                                                        + ",\"dir\":\"next\"}")
                                        + "\"}\n"),
                new Decoy(
                        "continuation token with dots",
                        "json",
                        random ->
                                "{\"continuationToken\":\""
                                        + Tokens.encode(
                                                "{\"p\":" + random.nextInt(1000) + ",\"t\":\"x\"}")
                                        + "."
                                        + Tokens.encode(
                                                "{\"k\":\"" + Claims.word(random, 12) + "\"}")
                                        + "."
                                        + Tokens.encode(Tokens.bytes(random, 32))
                                        + "\"}\n"),
                new Decoy(
                        "`eyJ` data URI",
                        "css",
                        random ->
                                "a{background:url(data:application/json;base64,"
                                        + standard(
                                                "{\"v\":\"5.7.4\",\"fr\":60,\"nm\":\""
                                                        + Claims.word(random, 9)
                                                        + "\"}")
                                        + ")}\n"),
                new Decoy(
                        "JSON without `alg`, three parts",
                        "txt",
                        random ->
                                "sig="
                                        + Tokens.signed(
                                                "{\"typ\":\"JWT\",\"kid\":\""
                                                        + Claims.word(random, 6)
                                                        + "\"}",
                                                Claims.usual(random),
                                                32,
                                                random)
                                        + "\n"),
                new Decoy(
                        "a public key in base64 (JWK)",
                        "txt",
                        random ->
                                "jwk="
                                        + standard(
                                                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"ES256\",\"x\":\""
                                                        + Tokens.encode(Tokens.bytes(random, 32))
                                                        + "\"}")
                                        + "\n"),
                new Decoy(
                        "registry credentials (X-Registry-Auth)",
                        "txt",
                        random ->
                                "X-Registry-Auth: "
                                        + standard(
                                                "{\"username\":\"u\",\"password\":\""
                                                        + Claims.word(random, 12)
                                                        + "\"}")
                                        + "\n"));
    }

    private static List<Decoy> otherTokens() {
        return List.of(
                new Decoy(
                        "PASETO, local",
                        "txt",
                        random -> "v4.local." + Tokens.encode(Tokens.bytes(random, 120)) + "\n"),
                new Decoy(
                        "PASETO, public",
                        "txt",
                        random ->
                                "v2.public."
                                        + Tokens.encode(
                                                "{\"sub\":\"" + Claims.word(random, 90) + "\"}")
                                        + "."
                                        + Tokens.encode("{\"kid\":\"1\"}")
                                        + "\n"),
                new Decoy(
                        "Fernet",
                        "py",
                        random ->
                                "T = b'gAAAAAB"
                                        + Tokens.encode(Tokens.bytes(random, 96))
                                        + "=='\n"),
                new Decoy(
                        "Macaroon",
                        "txt",
                        random ->
                                "MDAxY2xvY2F0aW9uIGh0dHA6Ly9teWJhbmsv"
                                        + Tokens.encode(Tokens.bytes(random, 90))
                                        + "\n"),
                new Decoy(
                        "other vendors' keys",
                        "env",
                        random ->
                                "A=xoxb-"
                                        + random.nextInt(1 << 30)
                                        + "-"
                                        + Claims.word(random, 24)
                                        + "\nB=ghp_"
                                        + Claims.word(random, 36)
                                        + "\nC=glpat-"
                                        + Claims.word(random, 20)
                                        + "\n"),
                new Decoy(
                        "integrity hashes",
                        "json",
                        random ->
                                "\"integrity\": \"sha512-"
                                        + Base64.getEncoder()
                                                .encodeToString(Tokens.bytes(random, 64))
                                        + "\",\n\"eyJ-hash\": \"sha1-"
                                        + Base64.getEncoder()
                                                .encodeToString(Tokens.bytes(random, 20))
                                        + "\"\n"));
    }

    private static List<Decoy> examples() {
        return List.of(
                new Decoy(
                        "ellipsis example",
                        "md",
                        random ->
                                "    Authorization: Bearer eyJhbGciOi...\n    curl -H 'X: eyJhbGciOiJIUzI1NiJ9...' -d a="
                                        + random.nextInt(100)
                                        + "\n    eyJhbGciOi....eyJzdWIi....SflKxw\n"),
                new Decoy(
                        "placeholder",
                        "md",
                        random ->
                                "Send `eyJhbGciOiJIUzI1NiJ9.<payload>.<signature>` to /v"
                                        + random.nextInt(9)
                                        + ", or `eyJ[header].eyJ[payload].[signature]`.\n"),
                new Decoy(
                        "regular expression for JWTs",
                        "py",
                        random ->
                                "JWT"
                                        + random.nextInt(100)
                                        + " = re.compile(r'eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*')\n"
                                        + "B64 = r'\\bZXlK(?:[a-zA-Z0-9+/]{4})*'\n"),
                new Decoy(
                        "header alone",
                        "java",
                        random ->
                                "String header = \""
                                        + Tokens.encode(
                                                "{\"alg\":\"HS256\",\"kid\":\""
                                                        + random.nextInt(1 << 20)
                                                        + "\"}")
                                        + "\";\n"),
                new Decoy(
                        "code around a header",
                        "js",
                        random ->
                                "var h=\"eyJhbGciOiJIUzI1NiJ9\";h.verify().then(e=>e.a"
                                        + random.nextInt(100)
                                        + ");const u=`eyJhbGciOiJIUzI1NiJ9.${payload}.${sign(k)}`\n"));
    }

    private static List<Decoy> noise() {
        return List.of(
                new Decoy(
                        "minified code",
                        "js",
                        random ->
                                "var eyJ=function(e){return e.eyJa.b.c},ZXlK=eyJ.eyJhbG.prototype.eyJzdWIi"
                                        + random.nextInt(100)
                                        + ";eyJhbGciOi.eyJhbGciOi.eyJhbGciOi()\n"),
                new Decoy(
                        "prose",
                        "md",
                        random ->
                                "eye.eyeable.should, eyJunk and eyJo "
                                        + Lines.words(random, 12)
                                        + "\n"),
                new Decoy(
                        "picture in base64",
                        "html",
                        random ->
                                "<img src=\"data:image/png;base64,"
                                        + Base64.getEncoder()
                                                .encodeToString(Tokens.bytes(random, 3000))
                                        + "\">\n"),
                new Decoy(
                        "certificate",
                        "pem",
                        random ->
                                "-----BEGIN CERTIFICATE-----\n"
                                        + Lines.wrapped(
                                                Base64.getEncoder()
                                                        .encodeToString(Tokens.bytes(random, 900)),
                                                64)
                                        + "\n-----END CERTIFICATE-----\n"),
                new Decoy(
                        "random base64 with dots and `eyJ`",
                        "txt",
                        random -> {
                            var out = new StringBuilder();
                            for (int i = 0; i < 40; i++) {
                                out.append("eyJ")
                                        .append(Tokens.encode(Tokens.bytes(random, 24)))
                                        .append(i % 5 == 4 ? '\n' : '.');
                            }
                            return out.toString();
                        }));
    }

    private static String standard(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
