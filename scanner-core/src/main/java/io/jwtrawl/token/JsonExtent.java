package io.jwtrawl.token;

import io.jwtrawl.detect.CandidateSink;

/// Tells where a JSON object ends (RFC 8259), without keeping any of it.
///
/// Far cheaper than a parser where most of what begins like an object is none: it lets through everything that is JSON, and
/// of the rest only what has no bearing on where the object ends, such as bad escapes.
final class JsonExtent {

    private static final int MAX_DEPTH = 64;

    private final byte[] bytes;
    private final int to;
    private int position;

    private JsonExtent(byte[] bytes, int start, int to) {
        this.bytes = bytes;
        this.to = to;
        position = start;
    }

    /// The index behind the object whose brace is at `bytes[start]`, [CandidateSink#OPEN] if the bytes end at `to` before
    /// the object does, or [CandidateSink#NONE] if it is no JSON, or too deep.
    static int end(byte[] bytes, int start, int to) {
        return new JsonExtent(bytes, start, to).end();
    }

    private int end() {
        long objects = 0; // which levels are objects, the innermost in the lowest bit
        int depth = 0;
        boolean value = true; // whether a value must come, or may end with the level it stands in
        while (true) {
            int b = next();
            if (value && (b == '{' || b == '[')) {
                if (depth == MAX_DEPTH) {
                    return CandidateSink.NONE;
                }
                depth++;
                objects = objects << 1 | (b == '{' ? 1 : 0);
                int first = peek();
                if (first == (b == '{' ? '}' : ']')) {
                    value = false;
                    continue;
                }
                if (b == '{' && !name()) {
                    return failure();
                }
                continue;
            }
            if (value) {
                if (!scalar(b)) {
                    return failure();
                }
                value = false;
                if (depth == 0) {
                    return CandidateSink.NONE; // no object
                }
                continue;
            }
            boolean object = (objects & 1) != 0;
            if (b == ',') {
                if (object && !name()) {
                    return failure();
                }
                value = true;
            } else if (b == (object ? '}' : ']')) {
                depth--;
                objects >>>= 1;
                if (depth == 0) {
                    return position;
                }
            } else {
                return failure();
            }
        }
    }

    private int failure() {
        return position > to ? CandidateSink.OPEN : CandidateSink.NONE;
    }

    /// The next byte that is no white space, passed; -1 at the end.
    private int next() {
        int b = peek();
        position++;
        return b;
    }

    private int peek() {
        while (position < to && isSpace(bytes[position])) {
            position++;
        }
        return position < to ? bytes[position] & 0xff : -1;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /// Passes a name and the colon behind it.
    private boolean name() {
        return next() == '"' && string() && next() == ':';
    }

    private boolean scalar(int first) {
        if (first == '"') {
            return string();
        }
        boolean begins =
                first == '-'
                        || (first >= '0' && first <= '9')
                        || first == 't'
                        || first == 'f'
                        || first == 'n';
        while (begins && position < to && isScalar(bytes[position])) {
            position++;
        }
        if (begins && position == to) {
            position++; // it may go on
            return false;
        }
        return begins;
    }

    private static boolean isScalar(byte b) {
        return (b >= '0' && b <= '9')
                || (b >= 'a' && b <= 'z')
                || b == 'E'
                || b == '+'
                || b == '-'
                || b == '.';
    }

    /// Passes the rest of a string, its closing quotation mark included.
    private boolean string() {
        while (position < to) {
            byte b = bytes[position];
            if (b == '"') {
                position++;
                return true;
            }
            if (b >= 0 && b < ' ') {
                return false;
            }
            position += b == '\\' ? 2 : 1;
        }
        position = to + 1;
        return false;
    }
}
