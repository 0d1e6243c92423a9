package io.jwtrawl.detect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/// The disguises that `rules/encodings` describes, each applied in the obvious way. Each character is one byte.
///
/// @param encoding what a report must say was undone, outermost first
/// @param apply makes a carrier of a token
record Disguise(String name, List<String> encoding, Application apply) {

    interface Application {
        Carrier to(String token, Random random);
    }

    /// A token in disguise.
    ///
    /// @param start where in the text a report must say that it begins
    record Carrier(String text, int start) {}

    private static final HexFormat HEX = HexFormat.of();

    static final List<Disguise> ALL = all();

    private static List<Disguise> all() {
        List<Disguise> all = new ArrayList<>();
        all.add(new Disguise("plain", List.of(), (token, _) -> new Carrier(token, 0)));
        base64(all);
        inOneAnother(all);
        hex(all);
        wide(all);
        escapes(all);
        lines(all);
        literals(all);
        between(all);
        return all;
    }

    private static void add(
            List<Disguise> all, String encoding, String name, Function<String, String> apply) {
        all.add(
                new Disguise(
                        name,
                        List.of(encoding.split(" ")),
                        (token, _) -> new Carrier(apply.apply(token), 0)));
    }

    private static void base64(List<Disguise> all) {
        var standard = Base64.getEncoder();
        var url = Base64.getUrlEncoder();
        for (var encoder :
                List.of(standard, standard.withoutPadding(), url, url.withoutPadding())) {
            all.add(
                    new Disguise(
                            "base64 at any alignment",
                            List.of("base64"),
                            (token, random) ->
                                    new Carrier(encode(encoder, around(token, random)), 0)));
        }
        for (int width : new int[] {64, 76}) {
            for (String end : List.of("\n", "\r\n", "\n    ")) {
                all.add(
                        new Disguise(
                                "base64 in lines of " + width,
                                List.of("base64"),
                                (token, random) ->
                                        new Carrier(
                                                wrap(
                                                        encode(standard, around(token, random)),
                                                        width,
                                                        end),
                                                0)));
            }
        }
        add(
                all,
                "base64",
                "base64 in a JSON string",
                token -> wrap(encode(standard, "token: " + token + "\n"), 76, "\\n"));
        all.add(
                new Disguise(
                        "data URI",
                        List.of("base64"),
                        (token, _) ->
                                new Carrier(
                                        "data:text/plain;base64," + encode(standard, token), 23)));
        all.add(
                new Disguise(
                        "HTTP Basic",
                        List.of("base64"),
                        (token, _) ->
                                new Carrier("Basic " + encode(standard, "user:" + token), 6)));
    }

    private static void inOneAnother(List<Disguise> all) {
        var base64 = Base64.getEncoder();
        all.add(
                new Disguise(
                        "base64 twice",
                        List.of("base64", "base64"),
                        (token, random) ->
                                new Carrier(
                                        encode(
                                                base64,
                                                around(
                                                        encode(base64, around(token, random)),
                                                        random)),
                                        0)));
        add(
                all,
                "base64 gzip",
                "gzip in base64",
                token -> encode(base64, gzip("a: 1\ntoken: " + token + "\n")));
        add(
                all,
                "base64 base64 gzip",
                "Helm release",
                token -> encode(base64, encode(base64, gzip("{\"t\":\"" + token + "\"}"))));
        add(all, "hex base64", "base64 in hexadecimal", token -> hex(encode(base64, "t=" + token)));
        add(
                all,
                "utf-16 base64",
                "base64 in UTF-16",
                token -> bytes(encode(base64, "t=" + token), StandardCharsets.UTF_16LE));
        add(
                all,
                "base64 utf-16",
                "UTF-16 in base64",
                token -> encode(base64, bytes("x = \"" + token + "\"", StandardCharsets.UTF_16LE)));
        add(
                all,
                "base64 hex",
                "hexadecimal in base64",
                token -> encode(base64, "x: " + hex(token) + "\n"));
        add(
                all,
                "base64 string-concatenation",
                "concatenation in base64",
                token -> encode(base64, "t = \"" + wrap(token, 30, "\" + \"") + "\""));
        add(
                all,
                "base64 percent",
                "percent-encoding in base64",
                token -> encode(base64, "?t=" + token.replace(".", "%2E") + "&u"));
        add(
                all,
                "base64 line-wrap",
                "lines in base64",
                token -> encode(base64, wrap(token, 40, "\n")));
    }

    private static void hex(List<Disguise> all) {
        all.add(
                new Disguise(
                        "hexadecimal",
                        List.of("hex"),
                        (token, random) -> new Carrier(hex(around(token, random)), 0)));
        add(all, "hex", "hexadecimal in capitals", token -> hex(token).toUpperCase(Locale.ROOT));
        for (String separator : List.of(" ", ":", "-", ",", ", ")) {
            add(
                    all,
                    "hex",
                    "hexadecimal with '" + separator + "'",
                    token -> HexFormat.ofDelimiter(separator).formatHex(latin(token)));
        }
        all.add(
                new Disguise(
                        "hexadecimal in C",
                        List.of("hex"),
                        (token, _) ->
                                new Carrier(
                                        "{"
                                                + HexFormat.ofDelimiter(", ")
                                                        .withPrefix("0x")
                                                        .formatHex(latin(token))
                                                + "}",
                                        3)));
    }

    private static void wide(List<Disguise> all) {
        wide(all, "utf-16", "UTF-16LE", "\u00ff\u00fe", 2);
        wide(all, "utf-16", "UTF-16BE", "\u00fe\u00ff", 3);
        wide(all, "utf-32", "UTF-32LE", "\u00ff\u00fe\u0000\u0000", 4);
        wide(all, "utf-32", "UTF-32BE", "\u0000\u0000\u00fe\u00ff", 7);
    }

    /// @param start where in the text the first character is, of its bytes the one that is no zero
    private static void wide(
            List<Disguise> all, String encoding, String charset, String mark, int start) {
        all.add(
                new Disguise(
                        charset,
                        List.of(encoding),
                        (token, random) -> {
                            String text = around(token, random);
                            String wide = bytes(text, Charset.forName(charset));
                            int unit = wide.length() / text.length();
                            return new Carrier(
                                    mark + wide + "\u00ff\u00ff\u00ff",
                                    start + unit * text.indexOf(token));
                        }));
    }

    private static void escapes(List<Disguise> all) {
        escape(all, "percent", "%%%02X");
        escape(all, "percent", "%%%02x");
        escape(all, "percent", "%%25%02X");
        escape(all, "json-escape", "\\u%04x");
        escape(all, "json-escape", "\\u%04X");
        escape(all, "json-escape", "\\x%02x");
        escape(all, "html-entity", "&#%d;");
        escape(all, "html-entity", "&#x%x;");
        escape(all, "html-entity", "&#x%X;");
        escape(all, "html-entity", "&#X%X;");
        escape(all, "quoted-printable", "=%02X");
        add(all, "html-entity", "dots by name", token -> token.replace(".", "&period;"));
        add(
                all,
                "html-entity",
                "invisible break",
                token -> token.replace(".", ".\u00e2\u0080\u008b"));
        add(all, "html-entity", "line break opportunity", token -> token.replace(".", ".<wbr>"));
    }

    /// All characters, the dots only, or some.
    private static void escape(List<Disguise> all, String encoding, String format) {
        add(
                all,
                encoding,
                format + " for each character",
                token -> each(token, c -> String.format(format, (int) c)));
        add(
                all,
                encoding,
                format + " for dots",
                token -> each(token, c -> c == '.' ? String.format(format, (int) c) : "" + c));
        all.add(
                new Disguise(
                        format + " for some characters",
                        List.of(encoding),
                        (token, random) ->
                                new Carrier(
                                        token.substring(0, 3)
                                                + each(
                                                        token.substring(3),
                                                        c ->
                                                                c == '.' || random.nextInt(5) == 0
                                                                        ? String.format(
                                                                                format, (int) c)
                                                                        : "" + c),
                                        0)));
    }

    private static void lines(List<Disguise> all) {
        for (String end :
                List.of(
                        "\n", "\r\n", "\n  ", "\n\t", " \n", "\n> ", "\n# ", "\n// ", "\\n",
                        "\r")) {
            wrapped(all, "line-wrap", end);
        }
        wrapped(all, "line-continuation", "\\\n");
        wrapped(all, "line-continuation", "\\\r\n   ");
        wrapped(all, "quoted-printable", "=\r\n");
        wrapped(all, "quoted-printable", "=\n");
        wrapped(all, "log-prefix", "\n  12: ");
        wrapped(all, "log-prefix", "\n2026-01-02T03:04:05.678Z ");
        wrapped(all, "log-prefix", "\n2026-01-02T03:04:05.678901234Z stdout F ");
        wrapped(all, "log-prefix", "\n[12:34:56] ");
        wrapped(all, "ansi-escape", "\u001b[0m");
        wrapped(all, "ansi-escape", "\u001b[1;31m\u001b[K");
    }

    private static void literals(List<Disguise> all) {
        for (String operator :
                List.of(
                        "\" + \"",
                        "\"+\"",
                        "\" +\n    \"",
                        "\"\n    \"",
                        "\" \"",
                        "' . '",
                        "' || '",
                        "\" & _\n  \"",
                        "\" .. \"",
                        "\" <> \"",
                        "\" ++ \"",
                        "\"\n  + \"",
                        "\" \\\n  \"")) {
            all.add(
                    new Disguise(
                            "literals with " + operator,
                            List.of("string-concatenation"),
                            (token, random) ->
                                    new Carrier(
                                            operator.charAt(0)
                                                    + wrap(token, width(random), operator)
                                                    + operator.charAt(0),
                                            1)));
        }
        // Of a width that no signature has, which would make parts of what are pieces.
        all.add(
                new Disguise(
                        "literals in a list",
                        List.of("string-concatenation"),
                        (token, _) -> new Carrier("['" + wrap(token, 50, "', '") + "']", 2)));
        for (String separator : List.of("\", \"", "\",\"", "\",\n  \"", "\" + \".\" + \"")) {
            all.add(
                    new Disguise(
                            "parts with " + separator,
                            List.of("array-join"),
                            (token, _) ->
                                    new Carrier("[\"" + token.replace(".", separator) + "\"]", 2)));
        }
    }

    private static void between(List<Disguise> all) {
        add(
                all,
                "markup",
                "markup",
                token -> token.replace(".", "</span>.<span class=\"p\">") + "</span>");
        add(all, "ansi-escape", "colours", token -> token.replace(".", "\u001b[0m.\u001b[32m"));
        add(all, "ansi-escape", "colours in JSON", token -> token.replace(".", "\\u001b[0m."));
    }

    private static void wrapped(List<Disguise> all, String encoding, String end) {
        all.add(
                new Disguise(
                        "lines with " + printable(end),
                        List.of(encoding),
                        (token, random) -> new Carrier(wrap(token, width(random), end), 0)));
    }

    private static String printable(String text) {
        return each(text, c -> c < ' ' ? String.format("\\x%02x", (int) c) : "" + c);
    }

    private static int width(Random random) {
        return 20 + random.nextInt(60);
    }

    private static String around(String token, Random random) {
        return "x".repeat(random.nextInt(8))
                + List.of("=", ": ", "=\"", "\n").get(random.nextInt(4))
                + token
                + List.of("\n", "\"\n", ";b=c", "&").get(random.nextInt(4));
    }

    static String wrap(String text, int width, String end) {
        var lines = new StringBuilder();
        for (int i = 0; i < text.length(); i += width) {
            lines.append(i == 0 ? "" : end);
            lines.append(text, i, Math.min(text.length(), i + width));
        }
        return lines.toString();
    }

    private static String each(String text, Function<Character, String> replacement) {
        return text.chars()
                .mapToObj(c -> replacement.apply((char) c))
                .collect(Collectors.joining());
    }

    private static String hex(String text) {
        return HEX.formatHex(latin(text));
    }

    private static String encode(Base64.Encoder encoder, String text) {
        return encoder.encodeToString(latin(text));
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String bytes(String text, Charset charset) {
        return new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
    }

    private static String gzip(String text) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(latin(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
