package io.jwtrawl.detect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Base64 (RFC 4648, sections 4 and 5) in one line or many, with or without padding, also in pieces that are put together
/// or in the lines of a log.
///
/// The characters before the needle are decoded too, so that a token that begins there is seen whole even if its own
/// needle is cut by a line end.
final class Base64Decoder implements Decoder {

    /// A line end is taken for a part of the text only behind a line of so many characters.
    private static final int MIN_LINE = 32;

    private static final int CHECKED = 16;
    private static final int LONGEST_BEGINNING = 5;

    /// `eyJ` in base64, and that in base64 again: a line that begins so begins a text of its own, as in a list of them,
    /// unless the line before it is full.
    private static final List<byte[]> BEGINNINGS =
            List.of(
                    "ZXlK".getBytes(StandardCharsets.US_ASCII),
                    "WlhsS".getBytes(StandardCharsets.US_ASCII));

    private final Supplier<Interruptions> rules;

    /// Made when first needed.
    private @Nullable Interruptions interruptions;

    Base64Decoder(Supplier<Interruptions> interruptions) {
        rules = interruptions;
    }

    @Override
    public boolean decode(Span in, int needle, int begin, Decoding out) {
        byte[] bytes = in.bytes();
        if (begin < in.from() || !isPlausible(in, needle, begin)) {
            return false;
        }
        int start = begin;
        int characters = 0;
        int floor = Math.max(in.from(), begin - LOOK_BEHIND);
        while (true) {
            while (start > floor && TokenBytes.sextet(bytes[start - 1]) >= 0) {
                start--;
                characters++;
            }
            int lineEnd = endOfLineBefore(bytes, start, floor);
            if (lineEnd < 0
                    || (beginsAnew(bytes, start, in.to())
                            && !isWrapped(widthOfLineBefore(bytes, lineEnd, floor)))) {
                break;
            }
            start = lineEnd;
        }
        boolean whole = start > floor || start == in.from();
        // Characters in front that do not fill a group belong to something else.
        for (int surplus = characters % 4; surplus > 0; start++) {
            if (TokenBytes.sextet(bytes[start]) >= 0) {
                surplus--;
            }
        }
        while (TokenBytes.sextet(bytes[start]) < 0) {
            start++;
        }
        out.begin(whole ? start : begin);
        forward(in, start, out);
        return true;
    }

    /// Whether the first characters decode to text, or to what a compressed file begins with.
    private static boolean isPlausible(Span in, int needle, int begin) {
        byte[] bytes = in.bytes();
        int bits = 0;
        int held = 0;
        int end = Math.min(in.to(), needle + CHECKED);
        for (int i = begin; i < end; i++) {
            int value = TokenBytes.sextet(bytes[i]);
            if (value < 0) {
                return i > needle;
            }
            bits = bits << 6 | value;
            held += 6;
            if (held >= 8) {
                held -= 8;
                int b = bits >> held & 0xff;
                if (b == 0x1f && i - begin == 1) {
                    return true;
                }
                if (i > needle + 1 && b >= 0x7f) {
                    return false;
                }
            }
        }
        return true;
    }

    private void forward(Span in, int start, Decoding out) {
        byte[] bytes = in.bytes();
        int bits = 0;
        int held = 0;
        int line = 0;
        int groupStart = start;
        int i = start;
        while (true) {
            if (held == 0) {
                int groups = wholeGroups(in, i, out);
                line += groups - i;
                i = groups;
            }
            if (i >= in.limit()) {
                out.finish(held == 0 ? i : groupStart, in.rest());
                if (out.rest() == Decoding.Rest.NONE) {
                    flush(bits, held, groupStart, out);
                    out.finish(i, Decoding.Rest.NONE);
                }
                return;
            }
            int value = TokenBytes.sextet(bytes[i]);
            if (value >= 0) {
                if (held == 0) {
                    groupStart = i;
                }
                bits = bits << 6 | value;
                held += 6;
                line++;
                i++;
                if (held == 24) {
                    out.addThree(bits, groupStart);
                    held = 0;
                }
                continue;
            }
            int next = line >= MIN_LINE ? behindLineEnd(in, i, line) : -1;
            if (held == 0 && line >= MIN_LINE) {
                next = Math.max(next, behindInterruption(in, i, line));
            }
            if (next < 0 && bytes[i] == '\\') {
                if (i + 1 == in.to() && !in.last()) {
                    next = in.to();
                } else if (i + 1 < in.to() && bytes[i + 1] == '/') {
                    next = i + 1;
                }
            }
            if (next < 0) {
                flush(bits, held, groupStart, out);
                while (i < in.to() && bytes[i] == '=') {
                    i++;
                }
                out.finish(i, Decoding.Rest.NONE);
                return;
            }
            if (next + LONGEST_BEGINNING > in.to() && !in.last()) {
                out.finish(held == 0 ? i : groupStart, Decoding.Rest.TO_BE_READ);
                return;
            }
            line = 0;
            i = next;
        }
    }

    /// Decodes whole groups that nothing interrupts.
    ///
    /// @return where they end
    private static int wholeGroups(Span in, int start, Decoding out) {
        byte[] bytes = in.bytes();
        int i = start;
        for (; i + 4 <= in.limit(); i += 4) {
            int group =
                    TokenBytes.sextet(bytes[i]) << 18
                            | TokenBytes.sextet(bytes[i + 1]) << 12
                            | TokenBytes.sextet(bytes[i + 2]) << 6
                            | TokenBytes.sextet(bytes[i + 3]);
            if (group < 0) {
                break;
            }
            out.addThree(group, i);
        }
        return i;
    }

    /// Decodes a last group of two or three characters.
    private static void flush(int bits, int held, int groupStart, Decoding out) {
        if (held == 12) {
            out.add(bits >> 4 & 0xff, groupStart);
        } else if (held == 18) {
            out.add(bits >> 10 & 0xff, groupStart);
            out.add(bits >> 2 & 0xff, groupStart);
        }
    }

    /// Where the next line's characters begin, if a line of `line` characters ends at `position` and base64 goes on; else
    /// -1.
    private static int behindLineEnd(Span in, int position, int line) {
        byte[] bytes = in.bytes();
        int i = skipBlanks(bytes, position, in.to());
        if (i < in.to() && bytes[i] == '\r') {
            i++;
        }
        if (i < in.to() && bytes[i] == '\n') {
            i++;
        } else if (isEscape(bytes, i, in.to(), 'n')) {
            i += 2;
        } else if (isEscape(bytes, i, in.to(), 'r') && isEscape(bytes, i + 2, in.to(), 'n')) {
            i += 4;
        } else {
            return isOpen(in, i) ? in.to() : -1;
        }
        i = skipBlanks(bytes, i, in.to());
        return i == in.to() || goesOn(in, i, line) ? i : -1;
    }

    /// Where base64 goes on behind something else than a line end, between whole groups; else -1.
    private int behindInterruption(Span in, int position, int line) {
        if (interruptions == null) {
            interruptions = rules.get();
        }
        int end = interruptions.end(in, position);
        if (end == position) {
            return -1;
        }
        return end == in.to() || goesOn(in, end, line) ? end : -1;
    }

    /// Whether the base64 that stands behind the end of a line or a piece of `line` characters belongs to it.
    private static boolean goesOn(Span in, int position, int line) {
        return TokenBytes.sextet(in.bytes()[position]) >= 0
                && (isWrapped(line) || !beginsAnew(in.bytes(), position, in.to()));
    }

    /// Whether the bytes end before it is clear that no line end stands at `position`.
    private static boolean isOpen(Span in, int position) {
        int left = in.to() - position;
        return !in.last()
                && (left == 0
                        || (left == 1 && in.bytes()[position] == '\\')
                        || (left < 4 && isEscape(in.bytes(), position, in.to(), 'r')));
    }

    private static boolean beginsAnew(byte[] bytes, int position, int to) {
        return BEGINNINGS.stream()
                .anyMatch(text ->
                        position + text.length <= to
                                && Arrays.equals(
                                        bytes,
                                        position,
                                        position + text.length,
                                        text,
                                        0,
                                        text.length));
    }

    /// Whether a line is as long as PEM (RFC 7468) or MIME (RFC 2045) makes it, so that the next one goes on with it
    /// whatever it begins with.
    private static boolean isWrapped(int width) {
        return width == 64 || width == 76;
    }

    private static int widthOfLineBefore(byte[] bytes, int end, int floor) {
        int i = end;
        while (i > floor && TokenBytes.sextet(bytes[i - 1]) >= 0) {
            i--;
        }
        return end - i;
    }

    private static boolean isEscape(byte[] bytes, int position, int to, char letter) {
        return position + 1 < to && bytes[position] == '\\' && bytes[position + 1] == letter;
    }

    private static int skipBlanks(byte[] bytes, int position, int to) {
        int i = position;
        while (i < to && (bytes[i] == ' ' || bytes[i] == '\t')) {
            i++;
        }
        return i;
    }

    /// The end of the line before the one that begins at `start`, if that is a long line of base64; else -1.
    private static int endOfLineBefore(byte[] bytes, int start, int floor) {
        int i = start;
        while (i > floor && (bytes[i - 1] == ' ' || bytes[i - 1] == '\t')) {
            i--;
        }
        if (i == floor || bytes[i - 1] != '\n') {
            return -1;
        }
        i--;
        if (i > floor && bytes[i - 1] == '\r') {
            i--;
        }
        for (int j = i - 1; j >= i - MIN_LINE; j--) {
            if (j < floor || TokenBytes.sextet(bytes[j]) < 0) {
                return -1;
            }
        }
        return i;
    }
}
