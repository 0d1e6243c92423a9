package io.jwtrawl.git.objects;

import io.jwtrawl.source.Content;
import io.jwtrawl.source.GitObjectType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Opens single blobs, of any size.
public final class BlobContent {

    private static final int MAX_DELTAS = 10_000;

    private BlobContent() {}

    /// What is in a blob: in memory, or as a stream if it is large.
    ///
    /// @throws MissingObjectException if it is nowhere
    /// @throws BadObjectException if it is damaged, or no blob
    public static Content of(ObjectDatabase database, ObjectReader reader, ObjectId id)
            throws IOException {
        try {
            return new Content.InMemory(reader.read(id, GitObjectType.BLOB));
        } catch (BadObjectException e) {
            return large(database, id).orElseThrow(() -> e);
        }
    }

    private static Optional<Content> large(ObjectDatabase database, ObjectId id) {
        for (LooseObjects folder : database.loose()) {
            try (LooseObjects.Open open = folder.open(id)) {
                if (open.type() == GitObjectType.BLOB && open.size() > MemoryLimits.LARGE) {
                    return Optional.of(new Content.Streamed(() -> folder.open(id).content()));
                }
            } catch (IOException e) {
                // Perhaps there is another copy.
            }
        }
        for (Pack pack : database.packs()) {
            int position = pack.names().find(id.raw());
            if (position >= 0 && isBlob(pack, position)) {
                return Optional.of(
                        new Content.Streamed(() -> open(pack, pack.names().offset(position), 0)));
            }
        }
        return Optional.empty();
    }

    /// Whether it is one that is too large to be held. Of a delta neither is known; then it is tried.
    private static boolean isBlob(Pack pack, int position) {
        try (var reader = new PackReader(pack)) {
            reader.header(pack.names().offset(position));
            return reader.type() == EntryType.OFS_DELTA
                    || reader.type() == EntryType.REF_DELTA
                    || (EntryType.of(reader.type()) == GitObjectType.BLOB
                            && reader.size() > MemoryLimits.LARGE);
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static InputStream open(Pack pack, long offset, int deltas) throws IOException {
        long at;
        try (var reader = new PackReader(pack)) {
            reader.header(offset);
            if (reader.type() == EntryType.OFS_DELTA) {
                at = reader.base();
            } else if (reader.type() == EntryType.REF_DELTA) {
                int position = pack.names().find(reader.baseId());
                if (position < 0) {
                    throw new BadObjectException("a large delta against another pack");
                }
                at = pack.names().offset(position);
            } else {
                return new EntryStream(pack, offset);
            }
        }
        if (deltas == MAX_DELTAS) {
            throw new BadObjectException("a delta that leads to no whole object");
        }
        LargeBase base = LargeBase.Spilled.of(open(pack, at, deltas + 1));
        try {
            return new Made(new DeltaStream(new EntryStream(pack, offset), base), base);
        } catch (IOException | RuntimeException e) {
            base.close();
            throw e;
        }
    }

    /// What a delta makes, which owns its base.
    private static final class Made extends FilterInputStream {
        private final LargeBase base;

        Made(DeltaStream made, LargeBase base) {
            super(made);
            this.base = base;
        }

        @Override
        public void close() throws IOException {
            super.close();
            base.close();
        }
    }
}
