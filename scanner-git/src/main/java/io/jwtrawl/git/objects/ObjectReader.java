package io.jwtrawl.git.objects;

import io.jwtrawl.source.Content;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads single objects of an [ObjectDatabase], for one thread. What deltas are made against is kept for a while, since
/// trees and commits that are asked for one after the other are often made against one another.
public final class ObjectReader implements ObjectSource.Reader {

    private static final int MAX_OPEN = 8;

    /// From one pack to another.
    private static final int MAX_CHANGES = 6;

    private final ObjectDatabase database;

    /// Those used last.
    private final LinkedHashMap<Pack, PackReader> readers = new LinkedHashMap<>(16, 0.75f, true);

    private final BaseCache cache = new BaseCache();
    private final BufferPool buffers = new BufferPool();
    private final Delta delta = new Delta();

    /// The pack that the latest object was in: the next one mostly is there too.
    private int latest;

    ObjectReader(ObjectDatabase database) {
        this.database = database;
    }

    @Override
    public HashFormat format() {
        return database.format();
    }

    /// Expands the first copy of an object that is any good.
    @Override
    public StoredObject read(ObjectId id) throws IOException {
        return read(id, 0);
    }

    @Override
    public Content blob(ObjectId id) throws IOException {
        return BlobContent.of(database, this, id);
    }

    @Override
    public boolean has(ObjectId id) {
        return database.contains(id);
    }

    @Override
    public Set<ObjectId> beginningWith(String digits) {
        return database.beginningWith(digits);
    }

    private StoredObject read(ObjectId id, int changes) throws IOException {
        Optional<IOException> why = Optional.empty();
        List<Pack> packs = database.packs();
        for (int i = 0; i < packs.size(); i++) {
            int number = (latest + i) % packs.size();
            Pack pack = packs.get(number);
            int position = pack.names().find(id.raw());
            if (position >= 0) {
                try {
                    StoredObject object = readAt(pack, pack.names().offset(position), changes);
                    latest = number;
                    return object;
                } catch (BadObjectException | MissingObjectException e) {
                    why = Optional.of(e);
                }
            }
        }
        for (LooseObjects folder : database.loose()) {
            try (LooseObjects.Open open = folder.open(id)) {
                return new StoredObject(open.type(), LooseObjects.read(open));
            } catch (MissingObjectException e) {
                // Perhaps in the next one.
            } catch (BadObjectException e) {
                why = Optional.of(e);
            }
        }
        throw why.orElseGet(MissingObjectException::new);
    }

    /// Expands what another entry is a delta against.
    StoredObject readBase(byte[] id) throws IOException {
        try {
            return read(ObjectId.fromRaw(id, 0, id.length), 1);
        } catch (MissingObjectException e) {
            throw new BadObjectException("a delta against an object that is missing", e);
        }
    }

    /// Expands the entry at `offset`.
    StoredObject readAt(Pack pack, long offset) throws IOException {
        return readAt(pack, offset, 0);
    }

    private StoredObject readAt(Pack pack, long offset, int changes) throws IOException {
        PackReader reader = reader(pack);
        List<Long> deltas = new ArrayList<>();
        StoredObject base;
        long at = offset;
        while (true) {
            StoredObject known = cache.get(pack, at);
            if (known != null) {
                base = known;
                break;
            }
            reader.header(at);
            if (reader.type() == EntryType.OFS_DELTA) {
                deltas.add(at);
                at = reader.base();
            } else if (reader.type() == EntryType.REF_DELTA) {
                deltas.add(at);
                int position = pack.names().find(reader.baseId());
                if (position < 0) {
                    if (changes == MAX_CHANGES) {
                        throw new BadObjectException("a delta that leads from pack to pack");
                    }
                    byte[] id = reader.baseId();
                    base = read(ObjectId.fromRaw(id, 0, id.length), changes + 1);
                    break;
                }
                at = pack.names().offset(position);
            } else {
                base = whole(reader);
                if (!deltas.isEmpty()) {
                    cache.put(pack, at, base);
                }
                break;
            }
            if (deltas.size() > pack.names().count()) {
                throw new BadObjectException("a delta that leads to no whole object");
            }
        }
        for (int i = deltas.size() - 1; i >= 0; i--) {
            reader.header(deltas.get(i));
            base = new StoredObject(base.type(), made(reader, base.bytes()));
            cache.put(pack, deltas.get(i), base);
        }
        return base;
    }

    private static StoredObject whole(PackReader reader) throws IOException {
        byte[] bytes = new byte[limited(reader.size()) + 1];
        reader.inflate(bytes);
        return new StoredObject(
                EntryType.of(reader.type()), Arrays.copyOf(bytes, bytes.length - 1));
    }

    private byte[] made(PackReader reader, byte[] base) throws IOException {
        int size = limited(reader.size());
        byte[] bytes = buffers.take(size + 1);
        try {
            reader.inflate(bytes);
            delta.begin(bytes, size);
            byte[] result = new byte[limited(delta.resultSize())];
            delta.apply(base, base.length, result);
            return result;
        } finally {
            buffers.give(bytes);
        }
    }

    private static int limited(long size) throws BadObjectException {
        if (size > MemoryLimits.LARGE) {
            throw new BadObjectException("larger than " + MemoryLimits.LARGE + " bytes");
        }
        return (int) size;
    }

    private PackReader reader(Pack pack) {
        PackReader known = readers.get(pack);
        if (known != null) {
            return known;
        }
        if (readers.size() == MAX_OPEN) {
            Map.Entry<Pack, PackReader> eldest = readers.firstEntry();
            eldest.getValue().close();
            readers.remove(eldest.getKey());
        }
        var reader = new PackReader(pack);
        readers.put(pack, reader);
        return reader;
    }

    @Override
    public void close() {
        readers.values().forEach(PackReader::close);
        readers.clear();
    }
}
