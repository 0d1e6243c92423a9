package io.jwtrawl.source;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/// Names as text that is faithful and safe to print.
///
/// A file name is bytes; most are UTF-8 and some are hostile. Bytes that are not UTF-8 become a backslash, `x` and two
/// digits; control and direction-changing characters a backslash, `u` and four, so that none moves a cursor or hides.
/// Escaping twice changes nothing.
public final class PathText {

    private PathText() {}

    /// The path with `/` between its names, from the raw bytes that the file system holds.
    public static String of(Path path) {
        String text = path.toString();
        if (isPlain(text)) {
            return File.separatorChar == '/' ? text : text.replace(File.separatorChar, '/');
        }
        // A path's URI percent-encodes its raw bytes, which toString() has already lost.
        if (path.isAbsolute()) {
            return ofUri(path);
        }
        String absolute = ofUri(path.toAbsolutePath());
        String base = ofUri(Path.of("").toAbsolutePath());
        return absolute.substring(base.equals("/") ? 1 : base.length() + 1);
    }

    /// `name` with everything that could mislead a reader or a terminal escaped.
    public static String escape(String name) {
        if (isPlain(name)) {
            return name;
        }
        var escaped = new StringBuilder(name.length() + 16);
        name.codePoints()
                .forEach(character -> {
                    if (isSafe(character)) {
                        escaped.appendCodePoint(character);
                    } else if (character < 0x10000) {
                        escaped.append(String.format("\\u%04x", character));
                    } else {
                        escaped.append(String.format("\\U%08x", character));
                    }
                });
        return escaped.toString();
    }

    /// `bytes` as UTF-8 text, escaped, with bytes that are not UTF-8 as `\xNN`.
    public static String of(byte[] bytes) {
        String plain = new String(bytes, StandardCharsets.ISO_8859_1);
        if (isPlain(plain)) {
            return plain;
        }
        var text = new StringBuilder(bytes.length);
        int position = 0;
        while (position < bytes.length) {
            int length = utf8Length(bytes, position);
            if (length == 0) {
                text.append("\\x").append(HexFormat.of().toHexDigits(bytes[position]));
                position++;
            } else {
                text.append(escape(new String(bytes, position, length, StandardCharsets.UTF_8)));
                position += length;
            }
        }
        return text.toString();
    }

    private static String ofUri(Path absolute) {
        String encoded = absolute.toUri().getRawPath();
        if (encoded.length() > 1 && encoded.endsWith("/")) {
            encoded = encoded.substring(0, encoded.length() - 1); // toUri() marks directories
        }
        byte[] bytes = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) HexFormat.fromHexDigits(encoded, i + 1, i + 3);
                i += 2;
            } else {
                bytes[length++] = (byte) c;
            }
        }
        return of(Arrays.copyOf(bytes, length));
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSafe(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }

    /// The length of the well-formed UTF-8 sequence at `position`, or 0 if there is none.
    private static int utf8Length(byte[] bytes, int position) {
        int lead = bytes[position] & 0xff;
        int length =
                lead < 0x80
                        ? 1
                        : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        if (length < 2 || position + length > bytes.length) {
            return length == 1 ? 1 : 0;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, position, length));
            return length;
        } catch (CharacterCodingException e) {
            return 0;
        }
    }
}
