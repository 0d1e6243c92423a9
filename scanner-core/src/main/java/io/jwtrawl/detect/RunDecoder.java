package io.jwtrawl.detect;

/// One run of token characters and dots, each replaced or all in reverse: ROT13 and reversed text.
///
/// @param reversed whether to turn the order round rather than rotate letters
record RunDecoder(boolean reversed) implements Decoder {

    @Override
    public boolean decode(Span in, int needle, int begin, Decoding out) {
        byte[] bytes = in.bytes();
        int start = begin;
        int floor = Math.max(in.from(), begin - LOOK_BEHIND);
        while (start > floor && isPart(bytes[start - 1])) {
            start--;
        }
        int end = begin;
        while (end < in.limit() && isPart(bytes[end])) {
            end++;
        }
        out.begin(start);
        if (reversed) {
            for (int i = end - 1; i >= start; i--) {
                out.add(bytes[i], start);
            }
        } else {
            for (int i = start; i < end; i++) {
                out.add(rot13(bytes[i]), i);
            }
        }
        out.finish(end, end < in.limit() ? Decoding.Rest.NONE : in.rest());
        return true;
    }

    private static boolean isPart(byte b) {
        return TokenBytes.sextet(b) >= 0 || b == '.' || b == '~' || b == '=';
    }

    private static int rot13(byte b) {
        int lower = b | 0x20;
        if (lower < 'a' || lower > 'z') {
            return b;
        }
        return lower < 'n' ? b + 13 : b - 13;
    }
}
