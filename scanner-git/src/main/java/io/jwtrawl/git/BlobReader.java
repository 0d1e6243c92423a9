package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectSource;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Provenance;
import java.io.IOException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/// Reads blobs and pushes them, or says why one could not be read.
final class BlobReader {

    static final String TOO_LARGE = "too large for the memory that is allowed";

    private BlobReader() {}

    static void push(ObjectReader reader, ObjectId id, Provenance provenance, BlobSink sink)
            throws InterruptedException {
        try {
            push(reader.open(id, Constants.OBJ_BLOB), provenance, sink);
        } catch (IOException | RuntimeException e) {
            sink.unreadable(provenance, explained(e));
        } catch (OutOfMemoryError e) {
            sink.skipped(provenance, TOO_LARGE);
        }
    }

    /// Likewise, whoever reads it.
    static void push(
            ObjectSource.Reader reader,
            io.jwtrawl.git.objects.ObjectId id,
            Provenance provenance,
            BlobSink sink)
            throws InterruptedException {
        try {
            sink.accept(new Blob(provenance, reader.blob(id)));
        } catch (IOException | RuntimeException e) {
            sink.unreadable(provenance, explained(e));
        } catch (OutOfMemoryError e) {
            sink.skipped(provenance, TOO_LARGE);
        }
    }

    private static void push(ObjectLoader loader, Provenance provenance, BlobSink sink)
            throws IOException, InterruptedException {
        if (!loader.isLarge()) {
            sink.accept(new Blob(provenance, new Content.InMemory(loader.getCachedBytes())));
        } else {
            sink.accept(new Blob(provenance, new Content.Streamed(loader::openStream)));
        }
    }

    /// JGit's messages name the object, which the provenance does already.
    static Exception explained(Exception e) {
        return switch (e) {
            case MissingObjectException _ -> new IOException("object is missing", e);
            case LargeObjectException _ -> new IOException("object is too large", e);
            default -> e;
        };
    }
}
