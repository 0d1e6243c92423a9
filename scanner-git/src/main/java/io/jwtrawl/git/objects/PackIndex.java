package io.jwtrawl.git.objects;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// The index of a pack, versions 1 and 2 (gitformat-pack): which objects it holds, in the order of their ids, and at
/// which offsets.
final class PackIndex implements PackNames {

    private static final int MAGIC = 0xff744f63;
    private static final int FANOUT = 256;
    private static final int FANOUT_BYTES = FANOUT * Integer.BYTES;
    private static final int V2_HEADER = 8;

    private final IndexBytes file;
    private final int idLength;
    private final int count;

    /// How many ids begin with a byte up to each.
    private final int[] fanout = new int[FANOUT];

    /// Where the first id begins, and how far it is from one to the next.
    private final int ids;

    private final int stride;

    /// Where the first offset begins; the same stride in version 1, four bytes in version 2.
    private final int offsets;

    private final int offsetStride;

    /// Where offsets of eight bytes begin, and how many there are.
    private final int largeOffsets;

    private final int largeCount;

    private PackIndex(IndexBytes file, int idLength) throws BadObjectException {
        this.file = file;
        this.idLength = idLength;
        boolean isV2 = file.size() >= V2_HEADER && file.getInt(0) == MAGIC;
        if (isV2 && file.getInt(4) != 2) {
            throw new BadObjectException("index version " + file.getInt(4) + " is not known");
        }
        int table = isV2 ? V2_HEADER : 0;
        int begin = table + FANOUT_BYTES;
        if (file.size() < begin + 2L * idLength) {
            throw new BadObjectException("an index that is cut off");
        }
        file.getInts(table, fanout, FANOUT);
        long objects = fanout[FANOUT - 1] & 0xffffffffL;
        long perObject = isV2 ? idLength + 2L * Integer.BYTES : idLength + (long) Integer.BYTES;
        long rest = file.size() - begin - 2L * idLength - objects * perObject;
        if (rest < 0 || (isV2 ? rest % Long.BYTES != 0 : rest != 0)) {
            throw new BadObjectException(
                    "an index whose size does not fit its " + objects + " objects");
        }
        count = (int) objects;
        for (int i = 1; i < FANOUT; i++) {
            if (Integer.compareUnsigned(fanout[i - 1], fanout[i]) > 0) {
                throw new BadObjectException("an index whose fan-out table is not in order");
            }
        }
        if (isV2) {
            ids = begin;
            stride = idLength;
            offsets = (int) (begin + (long) count * (idLength + Integer.BYTES));
            offsetStride = Integer.BYTES;
            largeOffsets = offsets + count * Integer.BYTES;
            largeCount = (int) (rest / Long.BYTES);
        } else {
            ids = begin + Integer.BYTES;
            stride = idLength + Integer.BYTES;
            offsets = begin;
            offsetStride = stride;
            largeOffsets = 0;
            largeCount = 0;
        }
    }

    /// @param memory what a repository may have of indexes in memory
    static PackIndex open(Path path, HashFormat format, IndexMemory memory) throws IOException {
        IndexBytes file = IndexBytes.open(path, memory);
        try {
            return new PackIndex(file, format.length());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    static PackIndex of(ByteBuffer file, HashFormat format) throws BadObjectException {
        return new PackIndex(new IndexBytes.Held(file), format.length());
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    @Override
    public ObjectId id(int position) {
        byte[] raw = new byte[idLength];
        file.get(ids + position * stride, raw);
        return ObjectId.fromRaw(raw, 0, idLength);
    }

    /// Ids are spread evenly, so that the place of one is guessed, and looked for from there in steps that grow.
    @Override
    public int find(byte[] id) {
        int first = id[0] & 0xff;
        int low = first == 0 ? 0 : fanout[first - 1];
        int high = fanout[first] - 1;
        if (low > high) {
            return -1;
        }
        long share = (firstEight(id) >>> 24) & 0xffffffffL;
        int guess = low + (int) (((high - low + 1) * share) >>> Integer.SIZE);
        int order = compare(guess, id);
        int step = 1;
        if (order < 0) {
            low = guess + 1;
            while (low <= high && low + step <= high && compare(low + step, id) < 0) {
                low += step + 1;
                step *= 2;
            }
            high = Math.min(high, low + step);
        } else {
            high = guess;
            while (low <= high && high - step >= low && compare(high - step, id) > 0) {
                high -= step + 1;
                step *= 2;
            }
            low = Math.max(low, high - step);
        }
        while (low <= high) {
            int middle = (low + high) >>> 1;
            order = compare(middle, id);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /// Compares eight bytes first: they nearly always decide.
    private int compare(int position, byte[] id) {
        int at = ids + position * stride;
        int order = Long.compareUnsigned(file.getLong(at), firstEight(id));
        for (int i = Long.BYTES; order == 0 && i < idLength; i++) {
            order = (file.get(at + i) & 0xff) - (id[i] & 0xff);
        }
        return order;
    }

    private static long firstEight(byte[] id) {
        long eight = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            eight = (eight << Byte.SIZE) | (id[i] & 0xff);
        }
        return eight;
    }

    @Override
    public long offset(int position) throws BadObjectException {
        int offset = file.getInt(offsets + position * offsetStride);
        if (offset >= 0 || offsetStride != Integer.BYTES) {
            return offset & 0xffffffffL;
        }
        int large = offset & Integer.MAX_VALUE;
        if (large >= largeCount) {
            throw new BadObjectException("an offset that is not there");
        }
        return file.getLong(largeOffsets + large * Long.BYTES);
    }

    @Override
    public void offsets(long[] to) throws BadObjectException {
        if (offsetStride != Integer.BYTES) {
            for (int i = 0; i < count; i++) {
                to[i] = offset(i);
            }
            return;
        }
        int[] some = new int[Math.min(count, 1 << 16)];
        for (int from = 0; from < count; from += some.length) {
            int length = Math.min(some.length, count - from);
            file.getInts(offsets + from * Integer.BYTES, some, length);
            for (int i = 0; i < length; i++) {
                to[from + i] = some[i] >= 0 ? some[i] : offset(from + i);
            }
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
