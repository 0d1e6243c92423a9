package io.jwtrawl.detect;

/// JSON that stands, escaped, inside a JSON string. It begins behind the quotation mark, if that can be seen.
final class JsonStringDecoder implements Decoder {

    @Override
    public boolean decode(Span in, int needle, int begin, Decoding out) {
        byte[] bytes = in.bytes();
        int start = Math.max(in.from(), begin - LOOK_BEHIND);
        out.begin(needle);
        int i = start;
        while (i < in.limit()) {
            byte b = bytes[i];
            if (b == '\\' && i + 1 == in.to() && !in.last()) {
                break;
            }
            if (b == '\\' && i + 1 < in.to()) {
                out.add(unescaped(bytes[i + 1]), i);
                i += 2;
            } else if (b == '"' || b == '\n') {
                if (i > needle) {
                    out.finish(i, Decoding.Rest.NONE);
                    return true;
                }
                out.begin(b == '"' ? i + 1 : needle);
                i++;
            } else {
                out.add(b, i);
                i++;
            }
        }
        out.finish(Math.min(i, in.to()), in.rest());
        return true;
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
