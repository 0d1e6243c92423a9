package io.jwtrawl.git.objects;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// A multi-pack-index (gitformat-pack, version 1): an index for all packs of a folder. Needed only for packs that have no
/// index of their own, as Git lets them be; the others tell the same themselves.
final class MultiPackIndex {

    private static final int MAGIC = 0x4d494458;
    private static final int HEADER = 12;
    private static final int CHUNK = 12;
    private static final int NAMES = 0x504e414d;
    private static final int IDS = 0x4f49444c;
    private static final int OFFSETS = 0x4f4f4646;
    private static final int LARGE_OFFSETS = 0x4c4f4646;

    private final ByteBuffer file;
    private final int idLength;
    private final Map<Integer, ByteBuffer> chunks = new HashMap<>();

    private MultiPackIndex(ByteBuffer file, HashFormat format) throws BadObjectException {
        this.file = file;
        idLength = format.length();
        if (file.limit() < HEADER || file.getInt(0) != MAGIC || file.get(4) != 1) {
            throw new BadObjectException("not a multi-pack-index of a known version");
        }
        int count = file.get(6) & 0xff;
        for (int i = 0; i < count; i++) {
            int at = HEADER + i * CHUNK;
            if (at + 2 * CHUNK > file.limit()) {
                throw new BadObjectException("a multi-pack-index that is cut off");
            }
            long from = file.getLong(at + Integer.BYTES);
            long to = file.getLong(at + CHUNK + Integer.BYTES);
            if (from < 0 || from > to || to > file.limit()) {
                throw new BadObjectException("a multi-pack-index that reaches outside of itself");
            }
            chunks.put(file.getInt(at), file.slice((int) from, (int) (to - from)));
        }
    }

    static MultiPackIndex open(Path path, HashFormat format) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new BadObjectException("an index of more than 2 GiB");
            }
            return of(channel.map(MapMode.READ_ONLY, 0, channel.size()), format);
        }
    }

    static MultiPackIndex of(ByteBuffer file, HashFormat format) throws BadObjectException {
        return new MultiPackIndex(file, format);
    }

    /// What it says of each pack, by the name of the index that the pack would have.
    Map<String, PackNames> packs() throws BadObjectException {
        ByteBuffer ids = chunk(IDS);
        ByteBuffer offsets = chunk(OFFSETS);
        int count = ids.limit() / idLength;
        if (offsets.limit() / (2 * Integer.BYTES) < count) {
            throw new BadObjectException("a multi-pack-index with fewer offsets than ids");
        }
        String[] names = names();
        int[] counts = new int[names.length];
        for (int i = 0; i < count; i++) {
            int pack = offsets.getInt(i * 2 * Integer.BYTES);
            if (pack < 0 || pack >= names.length) {
                throw new BadObjectException("a multi-pack-index that names no pack");
            }
            counts[pack]++;
        }
        int[][] positions = new int[names.length][];
        for (int i = 0; i < names.length; i++) {
            positions[i] = new int[counts[i]];
        }
        int[] filled = new int[names.length];
        for (int i = 0; i < count; i++) {
            int pack = offsets.getInt(i * 2 * Integer.BYTES);
            positions[pack][filled[pack]++] = i;
        }
        Map<String, PackNames> packs = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            packs.put(names[i], new Share(ids, offsets, positions[i]));
        }
        return packs;
    }

    private ByteBuffer chunk(int id) throws BadObjectException {
        ByteBuffer chunk = chunks.get(id);
        if (chunk == null) {
            throw new BadObjectException("a multi-pack-index without one of its parts");
        }
        return chunk;
    }

    private String[] names() throws BadObjectException {
        byte[] bytes = new byte[chunk(NAMES).limit()];
        chunk(NAMES).get(0, bytes);
        String[] names = new String(bytes, StandardCharsets.UTF_8).split("\0");
        int packs = file.getInt(8);
        if (packs < 0) {
            throw new BadObjectException("a multi-pack-index of less than no packs");
        }
        return Arrays.copyOf(names, Math.min(names.length, packs));
    }

    /// The objects of one pack: those at some positions among all.
    private final class Share implements PackNames {
        private final ByteBuffer ids;
        private final ByteBuffer offsets;
        private final int[] positions;

        Share(ByteBuffer ids, ByteBuffer offsets, int[] positions) {
            this.ids = ids;
            this.offsets = offsets;
            this.positions = positions;
        }

        @Override
        public int count() {
            return positions.length;
        }

        @Override
        public boolean isWhole() {
            return false;
        }

        @Override
        public ObjectId id(int position) {
            byte[] raw = new byte[idLength];
            ids.get(positions[position] * idLength, raw);
            return ObjectId.fromRaw(raw, 0, idLength);
        }

        @Override
        public int find(byte[] id) {
            int low = 0;
            int high = positions.length - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = Arrays.compareUnsigned(id(middle).raw(), id);
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

        @Override
        public long offset(int position) throws BadObjectException {
            int offset = offsets.getInt((2 * positions[position] + 1) * Integer.BYTES);
            ByteBuffer large = chunks.get(LARGE_OFFSETS);
            if (offset >= 0 || large == null) {
                return offset & 0xffffffffL;
            }
            int index = offset & Integer.MAX_VALUE;
            if (index >= large.limit() / Long.BYTES) {
                throw new BadObjectException("an offset that is not there");
            }
            return large.getLong(index * Long.BYTES);
        }

        @Override
        public void offsets(long[] to) throws BadObjectException {
            for (int i = 0; i < positions.length; i++) {
                to[i] = offset(i);
            }
        }
    }
}
