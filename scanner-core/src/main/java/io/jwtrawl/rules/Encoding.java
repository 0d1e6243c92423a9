package io.jwtrawl.rules;

import java.util.List;
import java.util.Optional;

/// One way in which a token's characters are disguised, as a file under `rules/encodings` describes it.
///
/// @param id what reports call it in `place.encoding`
/// @param optIn whether it is only undone where the user asks for it
/// @param gaps for kind `gaps`: what stands between or in place of a token's characters
/// @param examples texts that hold exactly one token in this disguise
/// @param nonExamples texts that hold none
public record Encoding(
        String id,
        String title,
        Kind kind,
        boolean optIn,
        List<Gap> gaps,
        List<String> examples,
        List<String> nonExamples) {

    /// How it is undone; all but the first are decoders in `detect`.
    public enum Kind {
        GAPS,
        BASE64,
        HEX,
        UTF_16,
        UTF_32,
        GZIP,
        ROT13,
        REVERSED,
        JSON_STRING
    }

    /// A text inside a token that is no part of it: `shape` is skipped or read as another character.
    ///
    /// @param shape a regular expression over bytes
    /// @param reads nothing, the character that it stands for, or how the digits in it name that
    /// @param escape if present, `shape` and `reads` follow from it
    public record Gap(Optional<String> shape, Optional<String> reads, Optional<Escape> escape) {

        public Gap {
            if (shape.isPresent() == escape.isPresent()) {
                throw new IllegalArgumentException("a gap has either a shape or an escape");
            }
        }

        String pattern() {
            return shape.or(() -> escape.map(Escape::pattern)).orElseThrow();
        }

        /// What it reads as.
        public Reading reading() {
            if (escape.isPresent()) {
                return new Reading.Numeral(escape.get().radix());
            }
            return reads.filter(text -> !text.isEmpty())
                    .<Reading>map(text -> new Reading.Literal((byte) text.charAt(0)))
                    .orElse(new Reading.Nothing());
        }
    }

    /// A character written as its number, such as `%2E` or `&#46;`.
    ///
    /// @param radix 10 or 16
    /// @param digits how many, for radix 16
    public record Escape(String before, String after, int radix, int digits) {

        String pattern() {
            String number = radix == 16 ? "0{" + (digits - 2) + "}[0-9a-fA-F]{2}" : "[0-9]{2,3}";
            return quoted(before) + number + quoted(after);
        }

        private static String quoted(String text) {
            return text.isEmpty() ? "" : "\"" + text + "\"";
        }

        /// How `character` is written, in lower case.
        String of(char character) {
            String number = Integer.toString(character, radix);
            return before
                    + (radix == 16 ? "0".repeat(digits - number.length()) : "")
                    + number
                    + after;
        }
    }

    /// What a gap reads as.
    public sealed interface Reading {

        /// The character that the gap in `bytes[from, to)` stands for, or -1.
        int character(byte[] bytes, int from, int to);

        record Nothing() implements Reading {

            @Override
            public int character(byte[] bytes, int from, int to) {
                return -1;
            }
        }

        record Literal(byte value) implements Reading {

            @Override
            public int character(byte[] bytes, int from, int to) {
                return value;
            }
        }

        /// The last digits in it are the character's number, two of them in radix 16.
        record Numeral(int radix) implements Reading {

            @Override
            public int character(byte[] bytes, int from, int to) {
                int end = to;
                while (end > from && Character.digit(bytes[end - 1], radix) < 0) {
                    end--;
                }
                int value = 0;
                int factor = 1;
                for (int i = end - 1; i >= from && Character.digit(bytes[i], radix) >= 0; i--) {
                    if (radix == 16 && end - i > 2) {
                        break;
                    }
                    value += Character.digit(bytes[i], radix) * factor;
                    factor *= radix;
                }
                return value < 0x80 ? value : -1;
            }
        }
    }
}
