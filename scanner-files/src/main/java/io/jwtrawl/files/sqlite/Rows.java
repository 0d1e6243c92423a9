package io.jwtrawl.files.sqlite;

import io.jwtrawl.files.leveldb.RawSnappy;
import io.jwtrawl.source.BlockStream;
import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.MemoryStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Pushes the texts and blobs of rows that are in use, as `table.column#rowid`.
final class Rows {

    /// A longer row is read piece by piece.
    static final int MOST = 4 << 20;

    /// What rows of browsers' storage are known by, besides their number.
    private static final List<List<String>> NAMING =
            List.of(
                    List.of("originkey", "scope", "host_key", "host", "origin_url", "origin"),
                    List.of("key", "name", "action_url", "url"));

    private final MemberSink sink;
    private final Payloads payloads;
    private final Charset charset;

    Rows(MemberSink sink, Payloads payloads, Charset charset) {
        this.sink = sink;
        this.payloads = payloads;
        this.charset = charset;
    }

    /// @throws IOException if the row is damaged
    void push(Columns columns, BTreePage page, BTreePage.Cell cell)
            throws IOException, InterruptedException {
        if (cell.local() == cell.total()) {
            int to = cell.payload() + cell.local();
            pushAll(columns, row(page.bytes(), cell.payload(), to, cell.total()), cell);
            return;
        }
        BlockStream in = payloads.open(page, cell, true);
        var damage = new IOException[1];
        byte[] bytes = readBeginning(in, cell.total(), damage);
        Row row = row(bytes, 0, bytes.length, cell.total());
        pushAll(columns, row, cell);
        if (damage[0] != null) {
            throw damage[0];
        }
        if (bytes.length < cell.total()) {
            pushLong(
                    columns,
                    row,
                    cell,
                    new SequenceInputStream(new ByteArrayInputStream(bytes), in));
        }
    }

    private static Row row(byte[] bytes, int from, int to, long total) throws IOException {
        Row row = Row.of(bytes, from, to, total);
        if (row == null) {
            throw new IOException("has a row that is none");
        }
        return row;
    }

    /// As much as can be read, up to a limit.
    private static byte[] readBeginning(BlockStream in, long total, IOException[] damage) {
        byte[] bytes = new byte[(int) Math.min(total, 64 * 1024)];
        int length = 0;
        try {
            while (true) {
                int read = in.readNBytes(bytes, length, bytes.length - length);
                length += read;
                if (length < bytes.length || length == Math.min(total, MOST)) {
                    break;
                }
                bytes = Arrays.copyOf(bytes, (int) Math.min(Math.min(total, MOST), 4L * length));
            }
        } catch (IOException e) {
            damage[0] = e;
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /// Pushes what of a row is here.
    private void pushAll(Columns columns, Row row, BTreePage.Cell cell)
            throws IOException, InterruptedException {
        for (int i = 0; i < row.columns(); i++) {
            if (!row.isTextOrBlob(i) || row.length(i) < MemberSink.SHORTEST_TOKEN || !row.has(i)) {
                continue;
            }
            int from = (int) row.start(i);
            int to = from + (int) row.length(i);
            if (isSnappy(columns, row, i)) {
                pushSnappy(columns, row, i, cell);
            } else if (sink.mayHoldToken(row.bytes(), from, to)) {
                push(columns, row, i, cell, new MemoryStream(row.bytes(), from, to, true));
            }
        }
    }

    /// Pushes what of a row is not here.
    private void pushLong(Columns columns, Row row, BTreePage.Cell cell, InputStream in)
            throws IOException, InterruptedException {
        long at = 0;
        for (int i = 0; i < row.columns(); i++) {
            if (!row.has(i)) {
                in.skipNBytes(row.start(i) - at);
                var column = new Part(in, row.length(i));
                push(columns, row, i, cell, column);
                in.skipNBytes(column.left);
                at = row.start(i) + row.length(i);
            }
        }
    }

    private void push(Columns columns, Row row, int column, BTreePage.Cell cell, InputStream in)
            throws IOException, InterruptedException {
        String name = name(columns, row, column, cell);
        String label = label(columns, row);
        if (label.isEmpty()) {
            sink.accept(name, in);
        } else {
            sink.inside(name).accept(label, in);
        }
    }

    private String name(Columns columns, Row row, int column, BTreePage.Cell cell) {
        var name = new StringBuilder(columns.table()).append('.').append(columns.name(column));
        name.append('#');
        if (columns.keys() == 0) {
            return name.append(cell.rowid()).toString();
        }
        for (int i = 0; i < columns.keys(); i++) {
            name.append(i == 0 ? "" : ",").append(row.show(i, charset));
        }
        return name.toString();
    }

    /// Such as the origin and the key; empty if the table has no such columns.
    private String label(Columns columns, Row row) {
        List<String> parts = new ArrayList<>();
        int key = columns.indexOfAny(NAMING.get(1));
        if (key >= 0) {
            int origin = columns.indexOfAny(NAMING.get(0));
            if (origin >= 0) {
                parts.add(row.show(origin, charset));
            }
            parts.add(row.show(key, charset));
        }
        return String.join("/", parts);
    }

    /// Whether Firefox compressed the column: in local storage a column beside it says so, in IndexedDB it always is.
    private static boolean isSnappy(Columns columns, Row row, int column) {
        if (columns.name(column).equals("value")) {
            int type = columns.indexOfAny(List.of("compression_type"));
            return type >= 0 && row.integer(type) == 1;
        }
        return columns.table().equals("object_data") && columns.name(column).equals("data");
    }

    private void pushSnappy(Columns columns, Row row, int column, BTreePage.Cell cell)
            throws IOException, InterruptedException {
        int from = (int) row.start(column);
        int to = from + (int) row.length(column);
        RawSnappy.Expanded expanded = RawSnappy.expand(row.bytes(), from, to);
        if (!expanded.isWhole()) {
            push(columns, row, column, cell, new MemoryStream(row.bytes(), from, to, true));
        }
        if (sink.mayHoldToken(expanded.bytes(), 0, expanded.length())) {
            expanded.pushTo(
                    sink.inside(name(columns, row, column, cell)).inside(label(columns, row)));
        }
    }

    /// So many bytes of another stream.
    private static final class Part extends BlockStream {
        private final InputStream in;
        private long left;

        Part(InputStream in, long length) {
            this.in = in;
            left = length;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }
    }
}
