package io.jwtrawl.detect;

/// The characters of tokens.
final class TokenBytes {

    private static final byte[] SEXTETS = new byte[256];

    static {
        java.util.Arrays.fill(SEXTETS, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        for (int i = 0; i < alphabet.length(); i++) {
            SEXTETS[alphabet.charAt(i)] = (byte) i;
        }
        SEXTETS['+'] = 62;
        SEXTETS['-'] = 62;
        SEXTETS['/'] = 63;
        SEXTETS['_'] = 63;
    }

    private static final byte[] DIGITS = new byte[256];

    static {
        for (int b = 0; b < DIGITS.length; b++) {
            DIGITS[b] = (byte) Character.digit(b, 16);
        }
    }

    private static final int BOM_LENGTH = 3;

    private TokenBytes() {}

    /// The value of a character of base64, in either alphabet; negative if it is none.
    static int sextet(byte b) {
        return SEXTETS[b & 0xff];
    }

    /// The value of a hexadecimal digit; negative if it is none.
    static int digit(byte b) {
        return DIGITS[b & 0xff];
    }

    /// Whether `b` is a character of base64url.
    static boolean isBase64Url(byte b) {
        return SEXTETS[b & 0xff] >= 0 && b != '+' && b != '/';
    }

    /// Whether the base64 characters `[start, to)` may be the beginning of a JSON object that has a member. Looks at 12
    /// of them at most.
    static boolean beginsLikeHeader(byte[] bytes, int start, int to) {
        int bits = 0;
        int held = 0;
        int seen = 0;
        boolean brace = false;
        for (int i = start; i < to && i < start + 12; i++) {
            int value = sextet(bytes[i]);
            if (value < 0) {
                return i - start >= 4;
            }
            bits = bits << 6 | value;
            held += 6;
            if (held < 8) {
                continue;
            }
            held -= 8;
            int b = bits >> held & 0xff;
            seen++;
            boolean space = b == ' ' || b == '\n' || b == '\r' || b == '\t';
            if (!brace) {
                if (b == '{') {
                    brace = true;
                } else if (!space && !(seen <= BOM_LENGTH && isBom(b, seen))) {
                    return false;
                }
            } else if (!space) {
                return b == '"';
            }
        }
        return true;
    }

    /// Whether the base64 characters `[start, end)` may be the end of a JSON object.
    static boolean endsLikeHeader(byte[] bytes, int start, int end) {
        int surplus = (end - start) % 4;
        if (surplus == 1 || end - start < 4) {
            return false;
        }
        int low = sextet(bytes[end - 1]);
        int high = sextet(bytes[end - 2]);
        int last =
                switch (surplus) {
                    case 0 -> (high << 6) | low;
                    case 2 -> (high << 2) | (low >> 4);
                    default -> (high << 4) | (low >> 2);
                };
        int b = last & 0xff;
        return b == '}' || b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /// The bytes of U+FEFF in UTF-8.
    private static boolean isBom(int b, int position) {
        return b == (position == 1 ? 0xef : position == 2 ? 0xbb : 0xbf);
    }
}
