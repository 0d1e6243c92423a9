package io.jwtrawl.detect;

/// JSON that stands, escaped, inside a JSON string. It begins behind the quotation mark, if that can be seen.
final class JsonStringDecoder implements Decoder {

    @Override
    public boolean decode(Span in, int needle, int begin, Decoding out) {
        byte[] bytes = in.bytes();
        int floor = Math.max(in.from(), begin - LOOK_BEHIND);
        int before = needle - 1;
        while (before >= floor && !isBorder(bytes, before, floor)) {
            before--;
        }
        out.begin(before >= floor && bytes[before] == '"' ? before + 1 : needle);
        int i = before + 1;
        while (i < in.limit()) {
            byte b = bytes[i];
            if (b == '\\' && i + 1 == in.to() && !in.last()) {
                break;
            }
            if (b == '\\' && i + 1 < in.to()) {
                out.add(unescaped(bytes[i + 1]), i);
                i += 2;
            } else if (b == '"' || b == '\n') {
                out.finish(i, Decoding.Rest.NONE);
                return true;
            } else {
                out.add(b, i);
                i++;
            }
        }
        out.finish(Math.min(i, in.to()), in.rest());
        return true;
    }

    /// Whether a string begins or ends at `position`, or a line ends, in which no string goes on.
    private static boolean isBorder(byte[] bytes, int position, int floor) {
        if (bytes[position] != '"' && bytes[position] != '\n') {
            return false;
        }
        int i = position;
        while (i > floor && bytes[i - 1] == '\\') {
            i--;
        }
        return (position - i) % 2 == 0;
    }

    private static int unescaped(byte b) {
        return switch (b) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> b;
        };
    }
}
