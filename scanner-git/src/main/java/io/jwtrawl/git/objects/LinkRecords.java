package io.jwtrawl.git.objects;

import java.util.Arrays;

/// Numbers and names, one after the other. An array of either is what code that was hardly ever run reads fastest.
final class LinkRecords {

    private static final int INITIAL = 16 * 1024;

    private int[] numbers = new int[0];
    private int size;
    private byte[] names = new byte[0];
    private int nameBytes;

    int size() {
        return size;
    }

    int get(int at) {
        return numbers[at];
    }

    byte[] names() {
        return names;
    }

    void add(int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, grown(size, 1));
        }
        numbers[size++] = number;
    }

    void add(int number, int other) {
        add(number);
        add(other);
    }

    /// Adds where in [#names] the name begins, and its length.
    void addName(byte[] raw, int from, int length) {
        if (length > names.length - nameBytes) {
            names = Arrays.copyOf(names, grown(nameBytes, length));
        }
        System.arraycopy(raw, from, names, nameBytes, length);
        add(nameBytes, length);
        nameBytes += length;
    }

    private static int grown(int size, int more) {
        int needed = Math.addExact(size, more);
        return Math.max(INITIAL, (int) Math.min(Integer.MAX_VALUE - 64L, needed + needed / 2L));
    }

    /// About what was added since there were `before` numbers.
    int bytesSince(int before) {
        return 3 * Integer.BYTES * (size - before);
    }

    /// Forgets the numbers from `at` on; their names stay.
    void cutTo(int at) {
        size = at;
    }
}
