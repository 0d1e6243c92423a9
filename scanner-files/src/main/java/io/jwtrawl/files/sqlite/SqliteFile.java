package io.jwtrawl.files.sqlite;

import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Optional;

/// Opens a database of SQLite ([file format](https://www.sqlite.org/fileformat2.html)): all texts and blobs, wherever
/// their pieces lie, and what is left of deleted ones.
///
/// Read by hand: the libraries that there are run SQLite itself, which wants a file on disk that is whole, and shows
/// neither deleted rows nor what is left of a damaged database.
public final class SqliteFile {

    private SqliteFile() {}

    /// @throws IOException if it is damaged; what can be read of it was pushed
    public static void open(SeekableStream in, MemberSink sink)
            throws IOException, InterruptedException {
        search(FilePages.of(in), sink).searchUnreached();
    }

    /// Pushes all rows in use.
    ///
    /// @return what searches the rest
    static Rest search(Pages pages, MemberSink sink) throws IOException, InterruptedException {
        var payloads = new Payloads(pages);
        var remains = new Remains(sink, pages, payloads);
        var trees = new Trees(pages, payloads, remains);
        Charset charset = trees.charset();
        trees.push(new Rows(sink, payloads, charset), charset);
        trees.searchGaps();
        return new Rest(remains, trees.damage());
    }

    /// What nothing leads to, and what was wrong with that which is led to.
    record Rest(Remains remains, Optional<String> damage) {

        void searchUnreached() throws IOException, InterruptedException {
            remains.searchUnreached();
            if (damage.isPresent()) {
                throw new IOException(damage.get());
            }
        }
    }
}
