package io.jwtrawl.git.objects;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// The objects that deltas were made against lately, up to a number of bytes.
final class BaseCache {

    private static final long MAX_BYTES =
            Math.min(16L << 20, Runtime.getRuntime().maxMemory() / 16);

    /// More would leave no room for others.
    private static final int MAX_SIZE = 1 << 20;

    private record Place(Pack pack, long offset) {
        @Override
        public int hashCode() {
            return Long.hashCode(offset); // of packs there are few
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Place place && pack == place.pack && offset == place.offset;
        }
    }

    private final LinkedHashMap<Place, StoredObject> objects = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    @Nullable StoredObject get(Pack pack, long offset) {
        return objects.get(new Place(pack, offset));
    }

    void put(Pack pack, long offset, StoredObject object) {
        int size = object.bytes().length;
        if (size > MAX_SIZE || objects.putIfAbsent(new Place(pack, offset), object) != null) {
            return;
        }
        bytes += size;
        while (bytes > MAX_BYTES) {
            bytes -= objects.pollFirstEntry().getValue().bytes().length;
        }
    }
}
