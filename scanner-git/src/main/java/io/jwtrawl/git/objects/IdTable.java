package io.jwtrawl.git.objects;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Numbers object ids from 0 on, in some thirty bytes each.
public final class IdTable {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final long FIRST = (System.nanoTime() * 0x9e3779b97f4a7c15L) | 1;
    private static final long SECOND = ((FIRST ^ System.identityHashCode(LONG)) * FIRST) | 1;

    private final int idLength;
    private byte[] ids = new byte[0];

    /// One more than the number of the id in each slot; 0 where there is none. Its length is a power of two.
    private int[] slots = new int[64];

    private int size;

    /// @param format the hash function of all ids
    public IdTable(HashFormat format) {
        idLength = format.length();
    }

    /// How many ids there are.
    public int size() {
        return size;
    }

    /// The number of the id at `raw[from]`, or -1 if it has none.
    public int find(byte[] raw, int from) {
        return slots[slot(raw, from)] - 1;
    }

    /// The number of `id`, or -1 if it has none.
    public int find(ObjectId id) {
        return id.length() == idLength ? find(id.raw(), 0) : -1;
    }

    /// The number of the id at `raw[from]`, which it is given now if it had none.
    public int number(byte[] raw, int from) {
        int slot = slot(raw, from);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        if ((size + 1L) * idLength > ids.length) {
            ids = Arrays.copyOf(ids, Math.max(64 * idLength, grown(ids.length)));
        }
        System.arraycopy(raw, from, ids, size * idLength, idLength);
        slots[slot] = ++size;
        if (2 * size > slots.length) {
            rehash();
        }
        return size - 1;
    }

    /// The number of `id`, which it is given now if it had none.
    public int number(ObjectId id) {
        if (id.length() != idLength) {
            throw new IllegalArgumentException("an object id of " + id.length() + " bytes");
        }
        return number(id.raw(), 0);
    }

    /// The id that has `number`.
    public ObjectId id(int number) {
        return ObjectId.fromRaw(ids, number * idLength, idLength);
    }

    private static int grown(int length) {
        return (int) Math.min(Integer.MAX_VALUE - 64L, length + length / 2L);
    }

    /// Where the id is, or would be.
    private int slot(byte[] raw, int from) {
        int slot = hash(raw, from) & (slots.length - 1);
        while (slots[slot] != 0 && !isAt((slots[slot] - 1) * idLength, raw, from)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    /// Whoever wrote a tree chose the ids in it: which of them share a slot must not be foreseeable.
    private int hash(byte[] raw, int from) {
        long hash = (long) LONG.get(raw, from) * FIRST + (long) LONG.get(raw, from + 8) * SECOND;
        return (int) (hash >>> Integer.SIZE);
    }

    private boolean isAt(int index, byte[] raw, int from) {
        return Arrays.equals(ids, index, index + idLength, raw, from, from + idLength);
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        for (int number = 0; number < size; number++) {
            int slot = hash(ids, number * idLength) & (slots.length - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = number + 1;
        }
    }
}
