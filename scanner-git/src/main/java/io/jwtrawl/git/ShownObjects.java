package io.jwtrawl.git;

import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
import io.jwtrawl.git.objects.StoredObject;
import io.jwtrawl.source.Content;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/// The objects of a repository, of which some show others in their places.
///
/// @param shown what is shown in place of each of these; no blobs
record ShownObjects(ObjectSource source, Map<ObjectId, StoredObject> shown)
        implements ObjectSource {

    @Override
    public HashFormat format() {
        return source.format();
    }

    @Override
    public ObjectSource.Reader newReader() {
        return new Reader(source.newReader(), shown);
    }

    @Override
    public ObjectSource share() {
        return new ShownObjects(source.share(), shown);
    }

    @Override
    public void close() {
        source.close();
    }

    private record Reader(ObjectSource.Reader reader, Map<ObjectId, StoredObject> shown)
            implements ObjectSource.Reader {

        @Override
        public HashFormat format() {
            return reader.format();
        }

        @Override
        public StoredObject read(ObjectId id) throws IOException {
            StoredObject instead = shown.get(id);
            return instead != null ? instead : reader.read(id);
        }

        @Override
        public Content blob(ObjectId id) throws IOException {
            return reader.blob(id);
        }

        @Override
        public boolean has(ObjectId id) throws IOException {
            return reader.has(id);
        }

        @Override
        public Set<ObjectId> beginningWith(String digits) throws IOException {
            return reader.beginningWith(digits);
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
