package io.jwtrawl.files.sqlite;

import io.jwtrawl.source.BlockStream;
import io.jwtrawl.source.MemberSink;
import java.io.IOException;
import java.util.List;

/// Searches what no row in use holds: deleted rows, and old versions of pages.
final class Remains {

    private final MemberSink sink;
    private final Pages pages;
    private final Payloads payloads;

    Remains(MemberSink sink, Pages pages, Payloads payloads) {
        this.sink = sink;
        this.pages = pages;
        this.payloads = payloads;
    }

    /// Whether what lies between the rows of a page is worth a look, once it is known which pages are in use.
    boolean hasAny(BTreePage page) throws IOException, InterruptedException {
        byte[] bytes = page.bytes();
        boolean hasAny = false;
        for (BTreePage.Gap gap : page.gaps(MemberSink.SHORTEST_TOKEN)) {
            hasAny |= sink.mayHoldToken(bytes, gap.from(), gap.to()) || mayGoOn(bytes, gap);
        }
        return hasAny;
    }

    private boolean mayGoOn(byte[] bytes, BTreePage.Gap gap) {
        return gap.isBlock() && pages.has(Bytes.u32(bytes, gap.to() - 4));
    }

    /// Searches between the rows of the page `number`, which lies at `offset` of the file.
    void searchGaps(BTreePage page, int number, long offset)
            throws IOException, InterruptedException {
        byte[] bytes = page.bytes();
        String part = "free space of page " + number;
        for (BTreePage.Gap gap : page.gaps(MemberSink.SHORTEST_TOKEN)) {
            if (mayGoOn(bytes, gap) && !pages.isReached((int) Bytes.u32(bytes, gap.to() - 4))) {
                byte[] all = payloads.openFreed(bytes, gap).readNBytes(Rows.MOST);
                sink.acceptRest(part, offset + gap.from(), all, 0, all.length);
            } else {
                sink.acceptRest(part, offset + gap.from(), bytes, gap.from(), gap.to());
            }
        }
    }

    /// Searches all of a page that is not in use, row by row if it still has rows.
    ///
    /// @return false if it has none, and nothing was searched
    boolean searchRows(byte[] bytes, int number, long offset)
            throws IOException, InterruptedException {
        BTreePage page = BTreePage.of(bytes, pages.usable(), number);
        if (page == null || !hasRows(page)) {
            return false;
        }
        for (int i = 0; i < page.cells(); i++) {
            BTreePage.Cell cell = page.cell(i);
            if (cell != null) {
                searchRow(page, cell, number, offset);
            }
        }
        searchGaps(page, number, offset);
        return true;
    }

    boolean hasRows(byte[] bytes, int number) {
        BTreePage page = BTreePage.of(bytes, pages.usable(), number);
        return page != null && hasRows(page);
    }

    /// Whether it has cells, and each begins like a row.
    private static boolean hasRows(BTreePage page) {
        if (!page.isLeaf() || page.cells() == 0) {
            return false;
        }
        for (int i = 0; i < page.cells(); i++) {
            BTreePage.Cell cell = page.cell(i);
            int to = cell == null ? 0 : cell.payload() + cell.local();
            Row row = cell == null ? null : Row.of(page.bytes(), cell.payload(), to, cell.total());
            if (cell == null || row == null || (cell.total() == cell.local() && !row.fills(to))) {
                return false;
            }
        }
        return true;
    }

    private void searchRow(BTreePage page, BTreePage.Cell cell, int number, long offset)
            throws IOException, InterruptedException {
        byte[] bytes = page.bytes();
        int from = cell.payload();
        int to = from + cell.local();
        int shift = 0;
        if (cell.total() > cell.local()) {
            try (BlockStream in = payloads.open(page, cell, false)) {
                bytes = in.readNBytes(Rows.MOST);
            }
            shift = from;
            from = 0;
            to = bytes.length;
        }
        Row row = Row.of(bytes, from, to, cell.total());
        String part =
                "page " + number + (page.isTable() ? ", row " + cell.rowid() : "") + ", not in use";
        for (int i = 0; row != null && i < row.columns(); i++) {
            if (row.isTextOrBlob(i)
                    && row.start(i) < to
                    && row.length(i) >= MemberSink.SHORTEST_TOKEN) {
                int begin = (int) row.start(i);
                int end = (int) Math.min(to, row.start(i) + row.length(i));
                long where = offset + Math.min(pages.size() - 1, begin + shift);
                sink.acceptRest(part, where, bytes, begin, end);
            }
        }
    }

    /// Searches all of a page as it is.
    void searchWhole(byte[] bytes, int number, long offset)
            throws IOException, InterruptedException {
        sink.acceptRest("page " + number + ", not in use", offset, bytes, 0, pages.size());
    }

    /// Searches the pages that nothing leads to: those that still have rows first, as their rows go on in others.
    void searchUnreached() throws IOException, InterruptedException {
        byte[] bytes = new byte[pages.size()];
        for (boolean asRows : List.of(true, false)) {
            for (int number = pages.unreachedFrom(1);
                    number != 0;
                    number = pages.unreachedFrom(number + 1)) {
                pages.read(number, bytes);
                boolean isDone = asRows && searchRows(bytes, number, pages.offset(number));
                if (!asRows) {
                    searchWhole(bytes, number, pages.offset(number));
                }
                if (isDone) {
                    pages.reach(number);
                }
            }
        }
    }
}
