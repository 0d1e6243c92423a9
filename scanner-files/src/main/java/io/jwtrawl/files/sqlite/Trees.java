package io.jwtrawl.files.sqlite;

import io.jwtrawl.source.ExpansionLimitException;
import io.jwtrawl.source.FailureText;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Goes through every b-tree of a database, each page once, whatever the pages say.
final class Trees {

    /// More tables than any database has.
    private static final int MOST = 100_000;

    private static final int ENCODING = 56;

    private final Pages pages;
    private final Payloads payloads;
    private final Remains remains;
    private final byte[] buffer;

    /// Pages in which deleted rows may lie between the others.
    private final List<Integer> withRemains = new ArrayList<>();

    private Optional<String> damage = Optional.empty();

    Trees(Pages pages, Payloads payloads, Remains remains) {
        this.pages = pages;
        this.payloads = payloads;
        this.remains = remains;
        buffer = new byte[pages.size()];
    }

    private interface CellSink {
        void accept(BTreePage page, BTreePage.Cell cell, int number)
                throws IOException, InterruptedException;
    }

    private record Table(String type, String name, long root, String sql) {}

    /// What is wrong with it, as far as that was seen.
    Optional<String> damage() {
        return damage;
    }

    private void damaged(int page, String what) {
        if (damage.isEmpty()) {
            damage = Optional.of("is damaged: page " + page + " " + what);
        }
    }

    /// How texts are encoded.
    Charset charset() throws IOException {
        pages.read(1, buffer);
        return switch ((int) Bytes.u32(buffer, ENCODING)) {
            case 2 -> StandardCharsets.UTF_16LE;
            case 3 -> StandardCharsets.UTF_16BE;
            default -> StandardCharsets.UTF_8;
        };
    }

    void push(Rows rows, Charset charset) throws IOException, InterruptedException {
        var schema =
                new Columns(
                        "sqlite_schema", List.of("type", "name", "tbl_name", "rootpage", "sql"), 0);
        List<Table> tables = new ArrayList<>();
        walk(
                1,
                true,
                (page, cell, number) -> {
                    if (pages.isSearched(number)) {
                        rows.push(schema, page, cell);
                    }
                    Row row =
                            Row.of(
                                    all(page, cell),
                                    0,
                                    (int) Math.min(cell.total(), Rows.MOST),
                                    cell.total());
                    if (row != null && row.columns() >= 5 && tables.size() < MOST) {
                        tables.add(
                                new Table(
                                        row.show(0, charset),
                                        row.show(1, charset),
                                        row.integer(3),
                                        text(row, charset)));
                    }
                });
        for (Table table : tables) {
            if (table.root() == 0) {
                continue; // a view, a trigger or a virtual table
            }
            boolean isIndex = table.type().equals("index");
            Columns columns =
                    isIndex ? Columns.unknown(table.name()) : Columns.of(table.name(), table.sql());
            walk(
                    table.root(),
                    !isIndex && columns.keys() == 0,
                    (page, cell, number) -> {
                        // What an index holds is in its table too.
                        if (!pages.isSearched(number)) {
                            return;
                        }
                        if (!isIndex) {
                            rows.push(columns, page, cell);
                        } else if (cell.total() > cell.local()) {
                            payloads.open(page, cell, true).skip(Long.MAX_VALUE);
                        }
                    });
        }
    }

    private byte[] all(BTreePage page, BTreePage.Cell cell) throws IOException {
        return cell.total() == cell.local()
                ? Arrays.copyOfRange(page.bytes(), cell.payload(), cell.payload() + cell.local())
                : again(page, cell);
    }

    /// A second look at what was read already, so that its pages are reached.
    private byte[] again(BTreePage page, BTreePage.Cell cell) throws IOException {
        byte[] bytes = new byte[(int) Math.min(cell.total(), Rows.MOST)];
        System.arraycopy(page.bytes(), cell.payload(), bytes, 0, cell.local());
        byte[] more = new byte[pages.size()];
        long next = cell.overflow();
        for (int length = cell.local(); length < bytes.length && pages.has(next); ) {
            pages.read((int) next, more);
            int count = Math.min(bytes.length - length, pages.usable() - 4);
            System.arraycopy(more, 4, bytes, length, count);
            length += count;
            next = Bytes.u32(more, 0);
        }
        return bytes;
    }

    private static String text(Row row, Charset charset) {
        return row.isTextOrBlob(4) && row.has(4)
                ? new String(row.bytes(), (int) row.start(4), (int) row.length(4), charset)
                : "";
    }

    /// @param isTable whether rows have numbers, and lie in the leaves only
    private void walk(long root, boolean isTable, CellSink cells)
            throws IOException, InterruptedException {
        Deque<Long> todo = new ArrayDeque<>();
        todo.push(root);
        while (!todo.isEmpty()) {
            long next = todo.pop();
            if (!pages.has(next) || !pages.reach((int) next)) {
                damaged((int) next, "is not there, or led to twice");
                continue;
            }
            int number = (int) next;
            pages.read(number, buffer);
            BTreePage page = BTreePage.of(buffer, pages.usable(), number);
            if (page == null || page.isTable() != isTable) {
                damaged(number, "is not what it should be");
                unread(number);
                continue;
            }
            visit(page, number, todo, cells);
        }
    }

    private void visit(BTreePage page, int number, Deque<Long> todo, CellSink cells)
            throws IOException, InterruptedException {
        for (int i = 0; i < page.cells(); i++) {
            BTreePage.Cell cell = page.cell(i);
            if (cell == null) {
                damaged(number, "has a row outside of it");
                continue;
            }
            if (!page.isLeaf()) {
                todo.push(cell.child());
            }
            if (page.isLeaf() || !page.isTable()) {
                visit(page, number, cell, cells);
            }
        }
        if (!page.isLeaf()) {
            todo.push(page.lastChild());
        }
        if (pages.isSearched(number) && remains.hasAny(page)) {
            withRemains.add(number);
        }
    }

    private void visit(BTreePage page, int number, BTreePage.Cell cell, CellSink cells)
            throws IOException, InterruptedException {
        try {
            cells.accept(page, cell, number);
        } catch (ExpansionLimitException e) {
            throw e;
        } catch (IOException e) {
            damaged(number, FailureText.of(e));
        }
    }

    /// Leaves a page to the search of what nothing leads to.
    private void unread(int number) throws IOException, InterruptedException {
        if (pages.isSearched(number)) {
            remains.searchWhole(buffer, number, pages.offset(number));
        }
    }

    /// Searches between the rows that are in use, once all of them are known.
    void searchGaps() throws IOException, InterruptedException {
        for (int number : withRemains) {
            pages.read(number, buffer);
            BTreePage page = BTreePage.of(buffer, pages.usable(), number);
            if (page != null) {
                remains.searchGaps(page, number, pages.offset(number));
            }
        }
    }
}
