package io.jwtrawl.cli;

import io.jwtrawl.documents.DocumentUnpacker;
import io.jwtrawl.files.unpack.ArchiveUnpacker;
import io.jwtrawl.finding.Attribution;
import io.jwtrawl.source.Unpacker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What opens the containers of one scan, as the options want it.
final class Unpackers implements AutoCloseable {

    private final Unpacker unpacker;
    private final List<Attribution> places = new ArrayList<>();
    private final @Nullable DocumentUnpacker documents;

    Unpackers(ScanOptions options) {
        Unpacker archives = Unpacker.NONE;
        if (options.opensArchives()) {
            var opening = new ArchiveUnpacker();
            archives = opening;
            places.add(opening.places());
        }
        documents =
                options.opensDocuments()
                        ? new DocumentUnpacker(
                                archives, options.expansionLimits(), options.documentLimits())
                        : null;
        unpacker = documents == null ? archives : documents;
    }

    Unpacker unpacker() {
        return unpacker;
    }

    /// What names the places in containers; asked before other attributions.
    List<Attribution> places() {
        return places;
    }

    /// Ends the processes that read documents.
    @Override
    public void close() {
        if (documents != null) {
            documents.close();
        }
    }
}
