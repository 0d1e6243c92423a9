package io.jwtrawl.detect;

/// UTF-16 and UTF-32, as far as they hold ASCII.
///
/// @param unit bytes for each character
record WideDecoder(int unit) implements Decoder {

    @Override
    public boolean decode(Span in, int needle, int begin, Decoding out) {
        byte[] bytes = in.bytes();
        int start = begin;
        int floor = Math.max(in.from(), begin - LOOK_BEHIND);
        while (start - unit >= floor && isCharacter(bytes, start - unit, start)) {
            start -= unit;
        }
        out.begin(start);
        boolean bigEndian = mayBeBigEndian(bytes, in.from(), start);
        int i = start;
        while (i + unit <= in.limit() && isCharacter(bytes, i, i + unit)) {
            out.add(bytes[i], i);
            i += unit;
        }
        if (i + unit <= in.limit()) {
            // The last character of big-endian text has no zeros behind it.
            if (bigEndian && isText(bytes[i])) {
                out.add(bytes[i], i);
                i++;
            }
            out.finish(i, Decoding.Rest.NONE);
        } else if (in.rest() == Decoding.Rest.NONE) {
            if (bigEndian && i < in.to() && isText(bytes[i])) {
                out.add(bytes[i], i);
            }
            out.finish(in.to(), Decoding.Rest.NONE);
        } else {
            out.finish(i, in.rest());
        }
        return true;
    }

    /// Whether the zeros of the first character may stand before it, unless what stands there cannot be seen.
    private boolean mayBeBigEndian(byte[] bytes, int from, int start) {
        for (int i = Math.max(from, start - unit + 1); i < start; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return start > from;
    }

    private static boolean isCharacter(byte[] bytes, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return isText(bytes[from]);
    }

    private static boolean isText(byte b) {
        return (b >= ' ' && b < 0x7f) || b == '\n' || b == '\r' || b == '\t';
    }
}
