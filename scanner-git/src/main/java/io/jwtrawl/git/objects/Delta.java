package io.jwtrawl.git.objects;

import java.util.Arrays;

/// A delta (gitformat-pack): the size of the base, the size of the result, then what to copy from the base and what to
/// insert. Used by one thread, for one after the other.
final class Delta {

    /// A copy of length 0 means this.
    private static final int DEFAULT_COPY = 0x10000;

    private byte[] bytes = {};
    private int length;
    private int at;
    private long baseSize;
    private long resultSize;

    /// Where the result differs from the base, as pairs of start and end, both included in what may have changed: a place
    /// between two copies is a range without length.
    private int[] changes = new int[64];

    private int changeCount;

    /// Takes up the delta in `delta[0, size)`.
    void begin(byte[] delta, int size) throws BadObjectException {
        bytes = delta;
        length = size;
        at = 0;
        baseSize = number();
        resultSize = number();
    }

    long baseSize() {
        return baseSize;
    }

    long resultSize() {
        return resultSize;
    }

    private long number() throws BadObjectException {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            if (at == length) {
                throw cutOff();
            }
            byte b = bytes[at++];
            number |= (b & 0x7fL) << shift;
            if (b >= 0) {
                if (number < 0) {
                    break;
                }
                return number;
            }
        }
        throw new BadObjectException("a delta whose size is no number");
    }

    /// Makes `result[0, resultSize)` from `base[0, size)`, and notes the [#changes].
    void apply(byte[] base, int size, byte[] result) throws BadObjectException {
        if (size != baseSize) {
            throw new BadObjectException("a delta for a base of another size");
        }
        int end = (int) resultSize;
        int position = at;
        int to = 0;
        int expected = 0; // where a copy would go on without a change
        changeCount = 0;
        while (position < length) {
            int operation = bytes[position++];
            if (operation < 0) {
                if (position + Integer.bitCount(operation & 0x7f) > length) {
                    throw cutOff();
                }
                int from = 0;
                for (int i = 0; i < 4; i++) {
                    if ((operation & (1 << i)) != 0) {
                        from |= (bytes[position++] & 0xff) << (Byte.SIZE * i);
                    }
                }
                int count = 0;
                for (int i = 0; i < 3; i++) {
                    if ((operation & (16 << i)) != 0) {
                        count |= (bytes[position++] & 0xff) << (Byte.SIZE * i);
                    }
                }
                if (count == 0) {
                    count = DEFAULT_COPY;
                }
                if (from < 0 || count > size - from || count > end - to) {
                    throw outside();
                }
                System.arraycopy(base, from, result, to, count);
                if (from != expected) {
                    change(to, to);
                }
                expected = from + count;
                to += count;
            } else {
                if (operation == 0) {
                    throw new BadObjectException("a delta with an operation that is not known");
                }
                if (operation > length - position) {
                    throw cutOff();
                }
                if (operation > end - to) {
                    throw outside();
                }
                System.arraycopy(bytes, position, result, to, operation);
                position += operation;
                change(to, to + operation);
                to += operation;
                expected = -1;
            }
        }
        if (to != end) {
            throw new BadObjectException("a delta that makes less than it says");
        }
    }

    private void change(int from, int to) {
        if (changeCount > 0 && changes[changeCount - 1] >= from) {
            changes[changeCount - 1] = to;
            return;
        }
        if (changeCount == changes.length) {
            changes = Arrays.copyOf(changes, 2 * changeCount);
        }
        changes[changeCount++] = from;
        changes[changeCount++] = to;
    }

    /// Pairs of start and end in the result: everything outside of them stands in the base in the same way, together with
    /// what stands around it up to the next pair. A pair may be empty.
    int[] changes() {
        return changes;
    }

    /// How many numbers of [#changes] count.
    int changeCount() {
        return changeCount;
    }

    private static BadObjectException cutOff() {
        return new BadObjectException("a delta that is cut off");
    }

    private static BadObjectException outside() {
        return new BadObjectException("a delta that reaches outside");
    }
}
