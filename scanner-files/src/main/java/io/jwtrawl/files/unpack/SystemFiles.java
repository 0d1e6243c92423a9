package io.jwtrawl.files.unpack;

import io.jwtrawl.files.leveldb.SerializedValue;
import io.jwtrawl.files.leveldb.Table;
import io.jwtrawl.files.leveldb.WriteAheadLog;
import io.jwtrawl.files.sqlite.PageImages;
import io.jwtrawl.files.sqlite.SqliteFile;
import io.jwtrawl.files.system.Journal;
import io.jwtrawl.files.system.RegistryHive;
import io.jwtrawl.source.Container;
import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.source.SeekableStream;
import io.jwtrawl.source.Spool;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/// Opens databases and other files of programs, most of which are read here and there and so kept if they can be read only
/// once.
final class SystemFiles implements Opener {

    private final Format format;

    SystemFiles(Format format) {
        this.format = format;
    }

    @Override
    public void open(Container container, MemberSink sink)
            throws IOException, InterruptedException {
        if (container.in() instanceof SeekableStream seekable) {
            open(container, seekable, sink);
            return;
        }
        try (SeekableStream kept = Spool.of(container.in())) {
            open(container, kept, sink);
        }
    }

    private void open(Container container, SeekableStream in, MemberSink sink)
            throws IOException, InterruptedException {
        switch (format) {
            case SQLITE -> SqliteFile.open(in, sink);
            case SQLITE_LOG, SQLITE_JOURNAL -> openPages(container.provenance(), in, sink);
            case LEVELDB_TABLE -> Table.open(in, sink);
            case LEVELDB_LOG -> WriteAheadLog.open(in, sink);
            case REGISTRY_HIVE -> RegistryHive.open(in, sink);
            case JOURNAL -> Journal.open(in, sink);
            default -> SerializedValue.open(in, sink);
        }
    }

    private void openPages(Provenance where, SeekableStream in, MemberSink sink)
            throws IOException, InterruptedException {
        Optional<Path> database = database(where);
        if (database.isEmpty()) {
            openPages(in, Optional.empty(), sink);
            return;
        }
        try (FileChannel channel = FileChannel.open(database.get(), LinkOption.NOFOLLOW_LINKS)) {
            openPages(in, Optional.of(Spool.of(channel)), sink);
        }
    }

    private void openPages(SeekableStream in, Optional<SeekableStream> database, MemberSink sink)
            throws IOException, InterruptedException {
        if (format == Format.SQLITE_LOG) {
            PageImages.openLog(in, database, sink);
        } else {
            PageImages.openJournal(in, database, sink);
        }
    }

    /// The database that `x.db-wal` or `x.db-journal` belongs to.
    private static Optional<Path> database(Provenance where) {
        if (!(where instanceof Provenance.LocalFile(_, var file)) || file.getFileName() == null) {
            return Optional.empty();
        }
        String name = file.getFileName().toString();
        int dash = name.lastIndexOf('-');
        return dash < 1
                ? Optional.empty()
                : Optional.of(file.resolveSibling(name.substring(0, dash)))
                        .filter(path ->
                                Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                                        && Files.isReadable(path));
    }
}
