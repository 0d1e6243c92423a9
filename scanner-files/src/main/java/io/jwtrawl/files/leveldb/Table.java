package io.jwtrawl.files.leveldb;

import io.jwtrawl.source.ExpansionLimitException;
import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.util.Arrays;

/// Opens a table, `.ldb` or `.sst`: sorted entries in blocks, compressed, keys without what they share with the one before
/// ([format](https://github.com/google/leveldb/blob/main/doc/table_format.md)).
///
/// Read by hand: the libraries that there are open whole databases, and write to them.
public final class Table {

    private static final int FOOTER = 48;
    private static final int TRAILER = 5;

    /// Behind the key of an entry stand its number and what was done.
    private static final int SEQUENCE = 8;

    private static final byte[] MAGIC = {
        0x57, (byte) 0xfb, (byte) 0x80, (byte) 0x8b, 0x24, 0x75, 0x47, (byte) 0xdb
    };

    private final SeekableStream in;
    private final MemberSink sink;
    private IOException damage = new IOException();
    private boolean isDamaged;

    private Table(SeekableStream in, MemberSink sink) {
        this.in = in;
        this.sink = sink;
    }

    /// Whether a file that ends with `bytes[from, to)` is one.
    public static boolean endsLikeOne(byte[] bytes, int from, int to) {
        return to - from >= MAGIC.length
                && bytes[to - 1] == MAGIC[7]
                && Arrays.equals(bytes, to - MAGIC.length, to, MAGIC, 0, MAGIC.length);
    }

    /// @throws IOException if it is damaged; what can be read of it was pushed
    public static void open(SeekableStream in, MemberSink sink)
            throws IOException, InterruptedException {
        var table = new Table(in, sink);
        var names = new StorageNames();
        table.read(names::learn, false);
        var values = new Values(sink, names);
        table.read(values::push, true);
        if (table.isDamaged) {
            throw table.damage;
        }
    }

    private void read(EntrySink entries, boolean isLast) throws IOException, InterruptedException {
        byte[] footer = new byte[FOOTER];
        in.seek(Math.max(0, in.size() - FOOTER));
        if (in.readNBytes(footer, 0, FOOTER) < FOOTER || !endsLikeOne(footer, 0, FOOTER)) {
            throw new IOException("is cut off");
        }
        var handles = new Reading(footer, 0, FOOTER);
        handles.variable();
        handles.variable();
        Block index = block(handles.variable(), handles.variable());
        index.read((_, bytes, from, to) -> {
            var handle = new Reading(bytes, from, to);
            readBlock(handle.variable(), handle.variable(), entries, isLast);
        });
    }

    private void readBlock(long offset, long size, EntrySink entries, boolean isLast)
            throws IOException, InterruptedException {
        try {
            Block block = block(offset, size);
            try {
                block.read((key, bytes, from, to) ->
                        entries.accept(
                                Arrays.copyOf(key, Math.max(0, key.length - SEQUENCE)),
                                bytes,
                                from,
                                to));
                if (!block.isWhole()) {
                    throw new IOException("cannot be expanded");
                }
            } catch (ExpansionLimitException e) {
                throw e;
            } catch (IOException e) {
                if (isLast) {
                    sink.acceptRest("damaged block", offset, block.bytes(), 0, block.length());
                }
                throw e;
            }
        } catch (ExpansionLimitException e) {
            throw e;
        } catch (IOException e) {
            isDamaged = true;
            damage = new IOException("is damaged: block at " + offset + " " + e.getMessage(), e);
        }
    }

    private Block block(long offset, long size) throws IOException {
        if (offset < 0
                || size < 0
                || size > sink.memory() / 4
                || offset + size + TRAILER > in.size()
                || offset + size < 0) {
            throw new IOException("lies outside of it");
        }
        byte[] bytes = new byte[(int) size + TRAILER];
        in.seek(offset);
        int read = in.readNBytes(bytes, 0, bytes.length);
        int length = Math.max(0, Math.min(read, (int) size));
        return Block.of(bytes, length, bytes[(int) size]);
    }
}
