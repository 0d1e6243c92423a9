package io.jwtrawl.detect;

/// Hexadecimal, in one run or with separators and `0x` between the bytes.
final class HexDecoder implements Decoder {

    private static final int MAX_SEPARATOR = 8;

    /// Lines in front are looked at for a token whose own needle is cut by a line end, if they have so many digits.
    private static final int MIN_LINE = 32;

    @Override
    public boolean decode(Span in, int needle, int begin, Decoding out) {
        byte[] bytes = in.bytes();
        int start = begin;
        int floor = Math.max(in.from(), begin - LOOK_BEHIND);
        int line = begin;
        while (line >= 0) {
            start = line;
            while (start - 2 >= floor && isDigit(bytes[start - 1]) && isDigit(bytes[start - 2])) {
                start -= 2;
            }
            line = endOfLineBefore(bytes, start, floor);
        }
        out.begin(start > floor || start == in.from() ? start : begin);
        int i = start;
        while (true) {
            int digits = i == start ? i : behindSeparator(in, i);
            if (digits + 1 >= in.limit()) {
                out.finish(i, digits + 1 < in.to() ? Decoding.Rest.AT_HAND : in.rest());
                return true;
            }
            if (!isDigit(bytes[digits]) || !isDigit(bytes[digits + 1])) {
                out.finish(i, Decoding.Rest.NONE);
                return true;
            }
            out.add(
                    TokenBytes.digit(bytes[digits]) << 4 | TokenBytes.digit(bytes[digits + 1]),
                    i == start ? i : digits);
            i = digits + 2;
        }
    }

    /// Where the next digits may begin.
    private static int behindSeparator(Span in, int position) {
        byte[] bytes = in.bytes();
        int stop = Math.min(in.to(), position + MAX_SEPARATOR);
        int i = position;
        while (i < stop && isSeparator(bytes[i])) {
            i++;
        }
        if (i + 1 < in.to() && i > position && bytes[i] == '0' && (bytes[i + 1] | 0x20) == 'x') {
            i += 2;
        }
        return i;
    }

    /// The end of the line before the one that begins at `start`, if that is a long line of digits; else -1.
    private static int endOfLineBefore(byte[] bytes, int start, int floor) {
        if (start == floor || bytes[start - 1] != '\n') {
            return -1;
        }
        int end = start - 1;
        if (end > floor && bytes[end - 1] == '\r') {
            end--;
        }
        for (int i = end - 1; i >= end - MIN_LINE; i--) {
            if (i < floor || !isDigit(bytes[i])) {
                return -1;
            }
        }
        return end;
    }

    private static boolean isSeparator(byte b) {
        return switch (b) {
            case ' ', ',', ':', '-', '\t', '\r', '\n' -> true;
            default -> false;
        };
    }

    private static boolean isDigit(byte b) {
        return TokenBytes.digit(b) >= 0;
    }
}
