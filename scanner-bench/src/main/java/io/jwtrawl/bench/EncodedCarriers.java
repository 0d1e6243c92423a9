package io.jwtrawl.bench;

import static io.jwtrawl.bench.Carrier.bytes;
import static io.jwtrawl.bench.Carrier.text;

import io.jwtrawl.bench.Carrier.Kind;
import io.jwtrawl.testkit.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// Tokens in base64, hexadecimal and other charsets.
final class EncodedCarriers {

    private static final HexFormat HEX = HexFormat.of();

    private EncodedCarriers() {}

    static List<Carrier> all() {
        return Stream.of(base64(), hexadecimal(), charsets()).flatMap(List::stream).toList();
    }

    private static List<Carrier> base64() {
        return List.of(
                text(
                        "base64, first alignment",
                        "txt",
                        (token, _) -> "auth: " + encode(token) + "\n"),
                text(
                        "base64, second alignment",
                        "txt",
                        (token, _) -> "auth: " + encode("x" + token) + "\n"),
                text(
                        "base64, third alignment",
                        "txt",
                        (token, _) -> "auth: " + encode("xy" + token) + "\n"),
                text(
                        "base64url",
                        "txt",
                        (token, random) ->
                                "state=" + Tokens.encode(document(token, random)) + "&x=1\n"),
                text(
                        "base64 wrapped at 64",
                        "pem",
                        (token, random) ->
                                Lines.wrapped(encode(document(token, random)), 64) + "\n"),
                text(
                        "base64 wrapped at 76",
                        "eml",
                        (token, random) ->
                                "Content-Transfer-Encoding: base64\r\n\r\n"
                                        + Base64.getMimeEncoder()
                                                .encodeToString(utf8(document(token, random)))
                                        + "\r\n"),
                text(
                        "base64 twice",
                        "txt",
                        (token, random) ->
                                "blob=" + encode(encode(document(token, random))) + "\n"),
                text(
                        "Kubernetes Secret",
                        "yaml",
                        (token, _) ->
                                "apiVersion: v1\nkind: Secret\ndata:\n  token: "
                                        + encode(token)
                                        + "\n"),
                text(
                        "Helm release",
                        "yaml",
                        (token, random) ->
                                "kind: Secret\ntype: helm.sh/release.v1\ndata:\n  release: "
                                        + encode(encode(gzip(release(token, random))))
                                        + "\n"),
                text(
                        "HTTP Basic",
                        "txt",
                        (token, _) -> "Authorization: Basic " + encode("oauth2:" + token) + "\r\n"),
                text(
                        "data URI",
                        "html",
                        (token, _) ->
                                "<a href=\"data:application/json;base64,"
                                        + encode("{\"token\":\"" + token + "\"}")
                                        + "\">x</a>\n"));
    }

    private static List<Carrier> hexadecimal() {
        return List.of(
                text("hexadecimal", "txt", (token, _) -> "0x" + HEX.formatHex(utf8(token)) + "\n"),
                text(
                        "hexadecimal, upper case",
                        "sql",
                        (token, random) ->
                                "INSERT INTO t VALUES (X'"
                                        + HEX.withUpperCase()
                                                .formatHex(utf8(document(token, random)))
                                        + "');\n"),
                text(
                        "hexadecimal, bytes apart",
                        "c",
                        (token, _) ->
                                "char t[] = {"
                                        + HexFormat.ofDelimiter(", ")
                                                .withPrefix("0x")
                                                .formatHex(utf8(token))
                                        + "};\n"),
                text(
                        "hexadecimal, in lines",
                        "txt",
                        (token, random) ->
                                Lines.wrapped(HEX.formatHex(utf8(document(token, random))), 60)
                                        + "\n"));
    }

    private static List<Carrier> charsets() {
        return List.of(
                charset("UTF-16 LE", StandardCharsets.UTF_16LE),
                charset("UTF-16 BE", StandardCharsets.UTF_16BE),
                charset("UTF-32 LE", StandardCharsets.UTF_32LE),
                charset("UTF-32 BE", StandardCharsets.UTF_32BE),
                text(
                        "base64 of UTF-16 LE (PowerShell)",
                        "ps1",
                        (token, _) ->
                                "powershell -EncodedCommand "
                                        + encode(
                                                ("$t = \"" + token + "\"; Invoke-Api $t")
                                                        .getBytes(StandardCharsets.UTF_16LE))
                                        + "\n"),
                text("ROT13", "txt", (token, _) -> "note: " + rot13(token) + "\n").optIn(),
                text(
                                "reversed",
                                "txt",
                                (token, _) -> "note: " + new StringBuilder(token).reverse() + "\n")
                        .optIn());
    }

    private static Carrier charset(String name, Charset charset) {
        return bytes(
                name,
                "txt",
                Kind.USUAL,
                (token, random) -> ("\ufeff" + document(token, random)).getBytes(charset));
    }

    /// A few lines with the token in one of them.
    private static String document(String token, Random random) {
        return "user: nobody\nnote: "
                + Lines.words(random, random.nextInt(3, 9))
                + "\npassword: \""
                + token
                + "\"\nlast: "
                + Lines.words(random, 6)
                + "\n";
    }

    private static String release(String token, Random random) {
        return "{\"name\":\"app\",\"info\":{\"description\":\""
                + Lines.words(random, 12)
                + "\"},\"config\":{\"auth\":{\"token\":\""
                + token
                + "\"}},\"version\":3,\"namespace\":\"default\"}";
    }

    private static String encode(String text) {
        return encode(utf8(text));
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(utf8(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String rot13(String text) {
        return text.chars()
                .map(c -> {
                    int lower = c | 0x20;
                    if (lower < 'a' || lower > 'z') {
                        return c;
                    }
                    return lower < 'n' ? c + 13 : c - 13;
                })
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
