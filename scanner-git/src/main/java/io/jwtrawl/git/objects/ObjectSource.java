package io.jwtrawl.git.objects;

import io.jwtrawl.source.Content;
import io.jwtrawl.source.GitObjectType;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/// The objects of a repository, whoever reads them: [ObjectDatabase] reads them as they lie in the packs. Shared by
/// threads, each with a [Reader] of its own.
public interface ObjectSource extends AutoCloseable {

    HashFormat format();

    /// A reader for one thread.
    Reader newReader();

    /// Lets another thread use it too, and close it when it is done.
    ObjectSource share();

    /// Closes it for one of its users.
    @Override
    void close();

    /// Reads single objects, for one thread.
    interface Reader extends AutoCloseable {

        HashFormat format();

        /// Expands an object.
        ///
        /// @throws MissingObjectException if it is nowhere
        /// @throws BadObjectException if no copy of it is any good
        StoredObject read(ObjectId id) throws IOException;

        /// Expands an object that has to be of a certain type.
        default byte[] read(ObjectId id, GitObjectType type) throws IOException {
            StoredObject object = read(id);
            if (object.type() != type) {
                throw new BadObjectException("not a " + type.name().toLowerCase(Locale.ROOT));
            }
            return object.bytes();
        }

        /// What is in a blob: in memory, or as a stream if it is large.
        Content blob(ObjectId id) throws IOException;

        /// Whether the object is there, be it readable or not.
        boolean has(ObjectId id) throws IOException;

        /// The objects whose ids begin with `digits`, which are hexadecimal and in lower case.
        Set<ObjectId> beginningWith(String digits) throws IOException;

        @Override
        void close();
    }
}
