package io.jwtrawl.files.unpack;

/// A closer look at the header of a format whose signature is so short that other files begin with it too.
final class ShortSignature {

    private static final int PROGRAM_HEADER = 64;
    private static final int LONGEST_PROGRAM_HEADER = 64 * 1024;
    private static final int LONGEST_CPIO_NAME = 4096;

    private ShortSignature() {}

    /// A block begins, or there is none.
    static boolean isBzip2(byte[] bytes, int from, int to) {
        return to - from >= 14
                && bytes[from + 3] >= '1'
                && bytes[from + 3] <= '9'
                && (bytes[from + 4] == 0x31 || bytes[from + 4] == 0x17);
    }

    /// The size of a dictionary is a power of two, or the sum of two neighbouring ones; the size of the content is unknown
    /// or not absurd.
    static boolean isLzma(byte[] bytes, int from, int to) {
        if (to - from <= 13) {
            return false;
        }
        int dictionary = word(bytes, from + 1, true) | word(bytes, from + 3, true) << 16;
        boolean isUnknown = true;
        for (int i = 5; i < 13; i++) {
            isUnknown &= bytes[from + i] == -1;
        }
        return dictionary != 0
                && (Integer.bitCount(dictionary) == 1
                        || (Integer.bitCount(dictionary) == 2
                                && Integer.bitCount(dictionary & (dictionary << 1)) == 1))
                && (isUnknown || (bytes[from + 11] == 0 && bytes[from + 12] == 0));
    }

    /// The kind of file is one that there is, and the name has a length that there is.
    static boolean isCpio(byte[] bytes, int from, int to) {
        if (to - from <= 26) {
            return false;
        }
        boolean little = (bytes[from] & 0xff) == 0xc7;
        int mode = word(bytes, from + 6, little);
        int name = word(bytes, from + 20, little);
        int kind = mode >> 12;
        return name > 1
                && name < LONGEST_CPIO_NAME
                && (kind == 1 || kind == 2 || kind == 4 || kind == 6 || kind == 8 || kind == 10);
    }

    /// A program for Windows: one for DOS with a longer header behind it.
    static boolean isProgram(byte[] bytes, int from, int to) {
        if (to - from < PROGRAM_HEADER) {
            return false;
        }
        int header = word(bytes, from + 60, true) | word(bytes, from + 62, true) << 16;
        return header > 0 && header < LONGEST_PROGRAM_HEADER;
    }

    /// Behind the magic of each kind there is something that text would not have: a version, an identifier, a title.
    static boolean isVirtualDisk(byte[] bytes, int from, int to) {
        if (to - from < 512) {
            return false;
        }
        return switch (bytes[from]) {
            case 'Q' -> bytes[from + 4] == 0 && bytes[from + 7] > 0 && bytes[from + 7] < 4;
            case 'K' -> bytes[from + 4] > 0 && bytes[from + 4] < 4 && bytes[from + 5] == 0;
            case 'v' -> is("vhdxfile", bytes, from);
            case 'c' -> is("conectix", bytes, from);
            default -> bytes[from + 64] == 0x7f && bytes[from + 65] == 0x10; // VDI
        };
    }

    private static boolean is(String text, byte[] bytes, int from) {
        for (int i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int word(byte[] bytes, int at, boolean little) {
        int first = bytes[at] & 0xff;
        int second = bytes[at + 1] & 0xff;
        return little ? second << 8 | first : first << 8 | second;
    }
}
