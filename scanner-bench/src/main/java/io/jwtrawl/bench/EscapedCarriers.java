package io.jwtrawl.bench;

import static io.jwtrawl.bench.Carrier.text;

import java.util.List;
import java.util.stream.Collectors;

/// Tokens some or all of whose characters are written as escapes.
final class EscapedCarriers {

    private EscapedCarriers() {}

    static List<Carrier> all() {
        return List.of(
                text(
                        "percent, dots only",
                        "txt",
                        (token, _) ->
                                "u=https%3A%2F%2Fa.example%2F%3Ft%3D"
                                        + token.replace(".", "%2E")
                                        + "\n"),
                text("percent, every character", "txt", (token, _) -> each(token, "%%%02X") + "\n"),
                text(
                        "double percent",
                        "txt",
                        (token, _) -> "u=a%252Fb%253F" + token.replace(".", "%252E") + "%2526x\n"),
                text(
                        "JSON `\\u002e`",
                        "json",
                        (token, _) -> "{\"t\":\"" + token.replace(".", "\\u002e") + "\"}\n"),
                text(
                        "JSON `\\u`, every character",
                        "json",
                        (token, _) -> "{\"t\":\"" + each(token, "\\u%04x") + "\"}\n"),
                text(
                                "JSON `\\/`",
                                "json",
                                (token, _) -> "{\"t\":\"" + token.replace("/", "\\/") + "\"}\n")
                        .with((random, _) -> Forms.padded(random)),
                text(
                        "`\\x`, every character",
                        "js",
                        (token, _) -> "t=\"" + each(token, "\\x%02x") + "\"\n"),
                text(
                        "HTML entities, dots only",
                        "html",
                        (token, _) -> "<p>" + token.replace(".", "&#46;") + "</p>\n"),
                text(
                        "HTML entities, every character",
                        "html",
                        (token, _) -> "<p>" + each(token, "&#%d;") + "</p>\n"),
                text(
                        "HTML `<wbr>`",
                        "html",
                        (token, _) ->
                                "<td>" + String.join("<wbr>", Lines.pieces(token, 30)) + "</td>\n"),
                text(
                        "markup between the parts",
                        "html",
                        (token, _) ->
                                "<span class=\"h\">"
                                        + token.replace(".", "</span>.<span class=\"p\">")
                                        + "</span>\n"),
                text(
                        "quoted-printable",
                        "eml",
                        (token, _) ->
                                "Content-Transfer-Encoding: quoted-printable\r\n\r\nToken: "
                                        + String.join("=\r\n", Lines.pieces(token, 68))
                                        + "\r\n"),
                text(
                        "quoted-printable, `=2E`",
                        "eml",
                        (token, _) -> "x=3D" + token.replace(".", "=2E") + "\r\n"));
    }

    private static String each(String token, String format) {
        return token.chars().mapToObj(format::formatted).collect(Collectors.joining());
    }
}
