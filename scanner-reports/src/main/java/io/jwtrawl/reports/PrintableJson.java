package io.jwtrawl.reports;

import java.util.HexFormat;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/// JSON that a terminal shows as it is. What JSON itself leaves as it stands may clear the screen or turn text around:
/// delete, the C1 controls (such as U+009B, which begins a sequence as ESC `[` does), and the invisible characters of
/// Unicode's category Cf. All are written as JSON's escapes of four hexadecimal digits.
public final class PrintableJson {

    private PrintableJson() {}

    /// For a mapper that writes so.
    public static JsonMapper.Builder mapper() {
        return JsonMapper.builder(factory());
    }

    /// For generators that write so, and leave open what they write to.
    static JsonFactory factory() {
        return JsonFactory.builder()
                .characterEscapes(new Escapes())
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
    }

    private static final class Escapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;
        private static final char DELETE = 0x7f;

        private final int[] ascii = standardAsciiEscapesForJSON();

        Escapes() {
            ascii[DELETE] = ESCAPE_CUSTOM;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii;
        }

        /// @return null for what stays as it is
        @Override
        @SuppressWarnings("NullAway") // as Jackson wants it
        public SerializableString getEscapeSequence(int character) {
            return switch (Character.getType(character)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR ->
                        new SerializedString("\\u" + HexFormat.of().toHexDigits((char) character));
                default -> null;
            };
        }
    }
}
