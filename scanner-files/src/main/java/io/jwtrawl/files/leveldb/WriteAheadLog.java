package io.jwtrawl.files.leveldb;

import io.jwtrawl.source.ExpansionLimitException;
import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.SeekableStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// Opens a log of what is not yet in tables: records, cut into fragments where blocks of 32 KiB end
/// ([format](https://github.com/google/leveldb/blob/main/doc/log_format.md)).
public final class WriteAheadLog {

    private static final int BLOCK = 32 * 1024;
    private static final int HEADER = 7;

    /// The beginning of a record: a number and a count.
    private static final int BATCH = 12;

    private static final int FULL = 1;
    private static final int FIRST = 2;
    private static final int LAST = 4;

    private final SeekableStream in;
    private final MemberSink sink;
    private final byte[] block = new byte[BLOCK];
    private long damagedAt = -1;

    private WriteAheadLog(SeekableStream in, MemberSink sink) {
        this.in = in;
        this.sink = sink;
    }

    /// Whether a file that begins with `bytes[from, to)` is one. Asked of every file.
    public static boolean isOne(byte[] bytes, int from, int to) {
        return to - from > HEADER + BATCH
                && (bytes[from + 6] == FULL || bytes[from + 6] == FIRST)
                && bytes[from + 14] == 0 // the number is not so high
                && bytes[from + 18] == 0 // nor the count
                && (bytes[from + 19] & 0xfe) == 0
                && isFragment(bytes, from, to);
    }

    private static boolean isFragment(byte[] bytes, int from, int to) {
        int length = length(bytes, from);
        if (bytes[from + 6] == FIRST && length != BLOCK - HEADER) {
            return false;
        }
        int end = from + HEADER + length;
        return length >= BATCH
                && length <= BLOCK - HEADER
                && (end > to || checks(bytes, from, end));
    }

    private static int length(byte[] bytes, int at) {
        return (int) Reading.little(bytes, at + 4, 2);
    }

    private static boolean checks(byte[] bytes, int at, int end) {
        var crc = new CRC32C();
        crc.update(bytes, at + 6, end - at - 6);
        int sum = (int) crc.getValue();
        int masked = ((sum >>> 15) | (sum << 17)) + 0xa282ead8;
        return (int) Reading.little(bytes, at, 4) == masked;
    }

    /// @throws IOException if it is damaged; what can be read of it was pushed
    public static void open(SeekableStream in, MemberSink sink)
            throws IOException, InterruptedException {
        var log = new WriteAheadLog(in, sink);
        var names = new StorageNames();
        log.read((_, record) -> log.entries(record, names::learn));
        log.damagedAt = -1;
        var values = new Values(sink, names);
        log.read((offset, record) -> {
            if (!log.entries(record, values::push)) {
                sink.acceptRest("record", offset, record, 0, record.length);
            }
        });
        if (log.damagedAt >= 0) {
            throw new IOException("is damaged at byte " + log.damagedAt);
        }
    }

    private interface RecordSink {
        /// @param offset where in the file its first fragment begins
        void accept(long offset, byte[] record) throws IOException, InterruptedException;
    }

    private void read(RecordSink records) throws IOException, InterruptedException {
        var record = new ByteArrayOutputStream();
        long begin = 0;
        in.seek(0);
        long start = 0;
        for (int length = in.readNBytes(block, 0, BLOCK);
                length > 0;
                length = in.readNBytes(block, 0, BLOCK)) {
            int at = 0;
            while (at + HEADER <= length) {
                int end = at + HEADER + length(block, at);
                int type = block[at + 6];
                if (type == 0 && end == at + HEADER) {
                    break; // room that was kept and never filled
                }
                boolean isTorn = end > length;
                if (isTorn || type < FULL || type > LAST || !checks(block, at, end)) {
                    if (!isTorn || length == BLOCK) {
                        damaged(start + at);
                    }
                    // What was written last may be cut off: that is how a program ends that is
                    // killed.
                    record.write(block, at, length - at);
                    records.accept(begin, record.toByteArray());
                    record.reset();
                    at = length;
                    break;
                }
                if (type == FULL || type == FIRST) {
                    flush(record, begin, records);
                    begin = start + at;
                }
                if (record.size() + BLOCK > sink.memory() / 4) {
                    damaged(begin);
                    flush(record, begin, records);
                }
                record.write(block, at + HEADER, end - at - HEADER);
                if (type == FULL || type == LAST) {
                    records.accept(begin, record.toByteArray());
                    record.reset();
                }
                at = end;
            }
            start += length;
            in.seek(start);
        }
        flush(record, begin, records);
    }

    private void damaged(long offset) {
        damagedAt = damagedAt < 0 ? offset : damagedAt;
    }

    /// Gives what there is of a record that has no end.
    private static void flush(ByteArrayOutputStream record, long begin, RecordSink records)
            throws IOException, InterruptedException {
        if (record.size() > 0) {
            records.accept(begin, record.toByteArray());
            record.reset();
        }
    }

    /// @return false if it is no list of entries, or not to its end
    private boolean entries(byte[] record, EntrySink entries)
            throws IOException, InterruptedException {
        if (record.length < BATCH) {
            return false;
        }
        try {
            var reading = new Reading(record, BATCH, record.length);
            while (!reading.isDone()) {
                boolean isPut = reading.u8() == 1;
                int length = reading.length();
                int key = reading.pass(length);
                if (isPut) {
                    int size = reading.length();
                    int value = reading.pass(size);
                    entries.accept(
                            Arrays.copyOfRange(record, key, key + length),
                            record,
                            value,
                            value + size);
                }
            }
            return true;
        } catch (ExpansionLimitException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }
}
