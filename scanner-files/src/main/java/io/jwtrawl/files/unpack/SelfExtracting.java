package io.jwtrawl.files.unpack;

/// Finds the archive behind a script or a program that unpacks it.
final class SelfExtracting {

    private SelfExtracting() {}

    /// Where in a script an archive begins, which has to be at the beginning of a line; -1 if nowhere.
    static int payload(byte[] bytes, int from, int to) {
        if (bytes[from] != '#' || bytes[from + 1] != '!') {
            return -1;
        }
        for (int i = from; i + 1 < to; i++) {
            // No text goes on with such a byte: NUL, what UTF-8 has no use for, or a control
            // character.
            if (bytes[i] == '\n' && isBinary(bytes[i + 1])) {
                Format format = Format.of(bytes, i + 1, to);
                if (format != null && format != Format.SELF_EXTRACTING) {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    private static boolean isBinary(byte b) {
        return b == 0x1f
                || b == 'B'
                || b == 'P'
                || b == '7'
                || b == ']'
                || b == '('
                || b == 4
                || (b & 0xff) >= 0xf5;
    }
}
