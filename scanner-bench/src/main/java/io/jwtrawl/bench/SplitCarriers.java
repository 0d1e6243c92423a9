package io.jwtrawl.bench;

import static io.jwtrawl.bench.Carrier.text;

import io.jwtrawl.bench.Carrier.Kind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tokens over several lines or string literals, and what is left of damaged ones.
final class SplitCarriers {

    private static final int COLUMN = 60;

    private SplitCarriers() {}

    static List<Carrier> all() {
        return Stream.of(lines(), literals(), damaged()).flatMap(List::stream).toList();
    }

    private static List<Carrier> lines() {
        return List.of(
                text(
                        "backslash at the end of a line",
                        "sh",
                        (token, _) ->
                                "export T="
                                        + String.join("\\\n", Lines.pieces(token, COLUMN))
                                        + "\n"),
                text(
                        "YAML, folded",
                        "yaml",
                        (token, _) ->
                                "token: >-\n  "
                                        + String.join("\n  ", Lines.pieces(token, COLUMN))
                                        + "\n"),
                text(
                        "YAML, literal",
                        "yaml",
                        (token, _) ->
                                "a:\n  token: |\n    "
                                        + String.join("\n    ", Lines.pieces(token, COLUMN))
                                        + "\n  b: 1\n"),
                text("wrapped at 76", "txt", (token, _) -> Lines.wrapped(token, 76) + "\n"),
                text(
                        "PEM-like",
                        "pem",
                        (token, _) ->
                                "-----BEGIN TOKEN-----\n"
                                        + Lines.wrapped(token, 64)
                                        + "\n-----END TOKEN-----\n"),
                text(
                        "comment lines",
                        "py",
                        (token, _) ->
                                "# " + String.join("\n# ", Lines.pieces(token, COLUMN)) + "\n"),
                text(
                        "quoted mail",
                        "eml",
                        (token, _) ->
                                "> " + String.join("\r\n> ", Lines.pieces(token, COLUMN)) + "\r\n"),
                text(
                        "JSON `\\n`",
                        "json",
                        (token, _) ->
                                "{\"t\":\""
                                        + String.join("\\n", Lines.pieces(token, 64))
                                        + "\\n\"}\n"));
    }

    private static List<Carrier> literals() {
        return List.of(
                joined(
                        "`+` over lines (Java, C#, Kotlin)",
                        "java",
                        "String t = \"",
                        "\"\n        + \"",
                        "\";\n"),
                joined(
                        "`+` at the ends of lines (JavaScript, Go)",
                        "js",
                        "const t = '",
                        "' +\n  '",
                        "';\n"),
                joined("adjacent literals (Python, C)", "py", "t = (\"", "\"\n     \"", "\")\n"),
                joined("adjacent literals in one line", "c", "char *t = \"", "\" \"", "\";\n"),
                joined("`.` (PHP, Perl)", "php", "<?php $t = '", "'\n  . '", "';\n"),
                joined("`&` and `_` (Visual Basic)", "vb", "Dim t = \"", "\" & _\n    \"", "\"\n"),
                joined("`||` (SQL)", "sql", "SELECT '", "' || '", "' FROM dual;\n"),
                joined(
                        "backslash between literals (Ruby)",
                        "rb",
                        "t = \"",
                        "\" \\\n    \"",
                        "\"\n"),
                joined("`..` (Lua)", "lua", "t = \"", "\" ..\n  \"", "\"\n"),
                joined("`<>` (Haskell, Elixir)", "ex", "t = \"", "\" <>\n  \"", "\"\n"),
                joined("`+=` over statements", "js", "let t = \"", "\";\nt += \"", "\";\n"),
                joined(
                        "concat! (Rust)",
                        "rs",
                        "const T: &str = concat!(\"",
                        "\",\n    \"",
                        "\");\n"),
                joined(
                        "pieces joined from an array",
                        "js",
                        "const t = [\"",
                        "\", \"",
                        "\"].join(\"\");\n"),
                text(
                        "parts joined from an array",
                        "js",
                        (token, _) ->
                                "const t = [\""
                                        + token.replace(".", "\", \"")
                                        + "\"].join(\".\");\n"),
                text(
                        "parts joined from an array over lines",
                        "py",
                        (token, _) ->
                                "t = '.'.join([\n    '"
                                        + token.replace(".", "',\n    '")
                                        + "',\n])\n"),
                text(
                        "parts joined by `+ \".\" +`",
                        "java",
                        (token, _) ->
                                "String t = \"" + token.replace(".", "\" + \".\" + \"") + "\";\n"));
    }

    private static Carrier joined(
            String name, String extension, String before, String between, String after) {
        return text(
                name,
                extension,
                (token, _) ->
                        Lines.pieces(token, COLUMN).stream()
                                .collect(Collectors.joining(between, before, after)));
    }

    private static List<Carrier> damaged() {
        return List.of(
                damaged(
                        "signature cut",
                        (token, _) -> "t=" + token.substring(0, signature(token) + 20) + "\n"),
                damaged(
                        "signature missing",
                        (token, _) -> "t=" + token.substring(0, signature(token)) + "\n"),
                damaged(
                        "cut at the limit of a line, then an ellipsis",
                        (token, _) ->
                                "token: " + token.substring(0, token.indexOf('.') + 40) + "...\n"),
                damaged(
                        "signature masked by `***`",
                        (token, _) -> "Bearer " + token.substring(0, signature(token)) + "***\n"),
                damaged(
                        "signature replaced by `<redacted>`",
                        (token, _) ->
                                "Bearer " + token.substring(0, signature(token)) + "<redacted>\n"));
    }

    private static Carrier damaged(String name, Carrier.TextDisguise disguise) {
        return text(
                name,
                "log",
                Kind.DAMAGED,
                (token, random) -> Lines.log(random) + " " + disguise.hide(token, random));
    }

    /// Where the signature begins.
    private static int signature(String token) {
        return token.lastIndexOf('.') + 1;
    }
}
