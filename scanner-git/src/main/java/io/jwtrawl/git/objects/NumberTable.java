package io.jwtrawl.git.objects;

import java.util.Arrays;

/// Numbers numbers from 0 on: a few of many, in some fifteen bytes each.
public final class NumberTable {

    /// An odd number whose product with another one has that one's digits all over it.
    private static final int SPREAD = 0x9e3779b9;

    private int[] numbers;

    /// One more than the place in `numbers` of what is in each slot; 0 where nothing is. Its length is a power of two.
    private int[] slots;

    private int size;

    /// @param expected how many there will be, as far as that is known
    public NumberTable(int expected) {
        numbers = new int[Math.max(16, expected)];
        slots = new int[Math.max(32, Integer.highestOneBit(Math.clamp(4L * expected, 1, 1 << 30)))];
    }

    /// How many there are.
    public int size() {
        return size;
    }

    /// The place of `number`, or -1 if it has none.
    public int find(int number) {
        return slots[slot(number)] - 1;
    }

    /// The place of `number`, which it is given now if it had none.
    public int add(int number) {
        int slot = slot(number);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size + size / 2);
        }
        numbers[size] = number;
        slots[slot] = ++size;
        if (2L * size > slots.length) {
            rehash();
        }
        return size - 1;
    }

    /// What is at `place`.
    public int at(int place) {
        return numbers[place];
    }

    /// Where the number is, or would be.
    private int slot(int number) {
        int slot = first(number);
        while (slots[slot] != 0 && numbers[slots[slot] - 1] != number) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private int first(int number) {
        return (number * SPREAD) >>> (1 + Integer.numberOfLeadingZeros(slots.length));
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        for (int place = 0; place < size; place++) {
            slots[slot(numbers[place])] = place + 1;
        }
    }
}
