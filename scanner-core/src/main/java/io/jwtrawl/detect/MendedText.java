package io.jwtrawl.detect;

import java.util.Arrays;

/// Characters of a token without what interrupts them, and the gaps that stood in between. Grows while it is read; what
/// begins in the middle of it need not be read again.
final class MendedText {

    /// What a gap stands for that is no character.
    static final int NOTHING = -1;

    /// It stands for a character that no token has.
    static final int UNREADABLE = -2;

    private byte[] text = new byte[4096];
    private int length;

    /// Where its first character stands, and where to read on.
    private int start;

    private int position;

    /// For each gap how many characters stand before it, where it begins and ends, its encoding, the character that it
    /// stands for, and how many before and with it have two readings.
    private int[] lengths = new int[64];

    private int[] begins = new int[64];
    private int[] ends = new int[64];
    private int[] encodings = new int[64];
    private int[] characters = new int[64];
    private int[] ambiguous = new int[64];
    private int gaps;

    /// Empties it, to be read from `from` on.
    void clear(int from) {
        length = 0;
        gaps = 0;
        start = from;
        position = from;
    }

    byte[] text() {
        return text;
    }

    int length() {
        return length;
    }

    /// Where to read on.
    int position() {
        return position;
    }

    int gaps() {
        return gaps;
    }

    /// How many characters stand before a gap.
    int lengthBefore(int gap) {
        return lengths[gap];
    }

    /// Where in the bytes a gap begins.
    int begin(int gap) {
        return begins[gap];
    }

    /// Where in the bytes it ends.
    int end(int gap) {
        return ends[gap];
    }

    int encoding(int gap) {
        return encodings[gap];
    }

    /// The character that a gap stands for, [#NOTHING] or [#UNREADABLE].
    int character(int gap) {
        return characters[gap];
    }

    /// How many of the first so many gaps have two readings.
    int ambiguousAmong(int count) {
        return count == 0 ? 0 : ambiguous[count - 1];
    }

    /// Adds a character that stands where reading goes on.
    void add(byte character) {
        append(character);
        position++;
    }

    /// Adds a gap, and the character that it stands for.
    void addGap(int end, int encoding, int character, boolean twoReadings) {
        if (gaps == lengths.length) {
            lengths = Arrays.copyOf(lengths, 2 * gaps);
            begins = Arrays.copyOf(begins, 2 * gaps);
            ends = Arrays.copyOf(ends, 2 * gaps);
            encodings = Arrays.copyOf(encodings, 2 * gaps);
            characters = Arrays.copyOf(characters, 2 * gaps);
            ambiguous = Arrays.copyOf(ambiguous, 2 * gaps);
        }
        lengths[gaps] = length;
        begins[gaps] = position;
        ends[gaps] = end;
        encodings[gaps] = encoding;
        characters[gaps] = character;
        ambiguous[gaps] = ambiguousAmong(gaps) + (twoReadings ? 1 : 0);
        gaps++;
        if (character >= 0) {
            append((byte) character);
        }
        position = end;
    }

    /// The first gap that begins at or behind `from`, or how many there are.
    int gapFrom(int from) {
        int index = Arrays.binarySearch(begins, 0, gaps, from);
        return index >= 0 ? index : ~index;
    }

    /// The index of the character that stands at `from`, before the gap `next` or at its beginning; -1 if none does.
    int indexOf(int from, int next) {
        if (from < start || from >= position) {
            return -1;
        }
        if (next < gaps && begins[next] == from) {
            return characters[next] < 0 ? -1 : lengths[next];
        }
        if (next == 0) {
            return from - start;
        }
        int before = next - 1;
        int behind = lengths[before] + (characters[before] < 0 ? 0 : 1);
        return from < ends[before] ? -1 : behind + from - ends[before];
    }

    private void append(byte character) {
        if (length == text.length) {
            text = Arrays.copyOf(text, 2 * length);
        }
        text[length++] = character;
    }
}
