package io.jwtrawl.bench;

import static io.jwtrawl.bench.Carrier.text;

import java.util.List;

/// Tokens as they are, among other text.
final class PlainCarriers {

    private PlainCarriers() {}

    static List<Carrier> all() {
        return List.of(
                text("alone in a file", "txt", (token, _) -> token),
                text("double quotes", "js", (token, _) -> "const token = \"" + token + "\";\n"),
                text("single quotes", "py", (token, _) -> "TOKEN = '" + token + "'\n"),
                text("backquotes", "ts", (token, _) -> "const t = `" + token + "`;\n"),
                text(
                        "escaped quotes",
                        "json",
                        (token, _) -> "{\"body\":\"{\\\"token\\\":\\\"" + token + "\\\"}\"}\n"),
                text(
                        "`Bearer`",
                        "log",
                        (token, random) ->
                                Lines.log(random) + "\nAuthorization: Bearer " + token + "\n"),
                text("`=`", "env", (token, _) -> "PORT=8080\nAPI_TOKEN=" + token + "\nDEBUG=0\n"),
                text(
                        "`:` on both sides",
                        "txt",
                        (token, _) -> "user:nobody\ntoken:" + token + ":end\n"),
                text(
                        "`_` before it",
                        "txt",
                        (token, random) ->
                                "backup of token_" + token + " " + Lines.words(random, 4) + "\n"),
                text(
                        "`/` on both sides",
                        "txt",
                        (token, _) ->
                                "GET https://app.example/reset/" + token + "/confirm HTTP/1.1\n"),
                text("comma list", "csv", (token, _) -> "id,token,created\n7," + token + ",2026\n"),
                text("semicolon list", "csv", (token, _) -> "7;" + token + ";2026\n"),
                text(
                        "cookie",
                        "txt",
                        (token, _) ->
                                "Cookie: theme=dark; session=" + token + "; Path=/; lang=en\r\n"),
                text(
                        "URL query",
                        "log",
                        (token, _) ->
                                "GET /callback?access_token=" + token + "&state=af0ifjsldkj 302\n"),
                text(
                        "URL fragment",
                        "txt",
                        (token, _) -> "https://app.example/cb#id_token=" + token + "&state=xyz\n"),
                text(
                        "XML element",
                        "xml",
                        (token, _) -> "<config>\n  <token>" + token + "</token>\n</config>\n"),
                text("XML attribute", "xml", (token, _) -> "<auth token=\"" + token + "\"/>\n"),
                text(
                        "JSON",
                        "json",
                        (token, _) -> "{\"access_token\":\"" + token + "\",\"expires_in\":3600}\n"),
                text("YAML", "yaml", (token, _) -> "api:\n  token: " + token + "\n  retries: 3\n"),
                text(
                        "Markdown",
                        "md",
                        (token, _) ->
                                "Use [this](https://app.example/?t="
                                        + token
                                        + ") or **"
                                        + token
                                        + "**.\n"),
                text(
                        "source comment",
                        "java",
                        (token, _) -> "/** For example {@code " + token + "}. */\nclass A {}\n"),
                text(
                        "minified code",
                        "js",
                        (token, random) ->
                                "!function(e,t){var n=\""
                                        + token
                                        + "\",r=t(n);e.a=r}(this,function(e){return e});"
                                        + "var q=".repeat(random.nextInt(1, 20))
                                        + "1;\n"),
                text(
                        "invalid UTF-8 and NULs around",
                        "bin",
                        (token, _) -> "\u0000\u0001token\u0000" + token + "\u0000\u0002\ufffe\n"),
                text(
                        "ANSI colour around",
                        "log",
                        (token, _) ->
                                "\u001b[32mtoken:\u001b[0m \u001b[1m" + token + "\u001b[0m\n"),
                text(
                        "ANSI colour between the parts",
                        "log",
                        (token, _) ->
                                "\u001b[31m"
                                        + token.replace(".", "\u001b[0m.\u001b[35m")
                                        + "\u001b[0m\n"),
                text(
                        "line numbers put in between",
                        "txt",
                        (token, _) -> {
                            var out = new StringBuilder();
                            int line = 41;
                            for (String piece : Lines.pieces(token, 80)) {
                                out.append("%6d\t%s\n".formatted(++line, piece));
                            }
                            return out.toString();
                        }),
                text(
                        "timestamps put in between",
                        "log",
                        (token, _) -> {
                            var out = new StringBuilder();
                            int nanos = 123_456_789;
                            for (String piece : Lines.pieces(token, 90)) {
                                out.append(
                                        "2026-05-01T10:00:00.%09dZ stdout P %s\n"
                                                .formatted(++nanos, piece));
                            }
                            return out.toString();
                        }));
    }
}
