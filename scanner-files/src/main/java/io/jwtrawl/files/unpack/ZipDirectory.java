package io.jwtrawl.files.unpack;

import io.jwtrawl.source.PathText;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The central directory of a ZIP file (APPNOTE 4.3.12 to 4.3.16), read one record after the other: there may be more of
/// them than memory could hold.
///
/// The file may have something before it, such as a program that unpacks it.
final class ZipDirectory {

    private static final int END_LENGTH = 22;
    private static final int LOCATOR_LENGTH = 20;
    private static final int ZIP64_END_LENGTH = 56;
    private static final int RECORD_LENGTH = 46;
    private static final int MAX_TAIL = 0xffff + END_LENGTH;

    private static final long RECORD = 0x02014b50L;
    private static final long ZIP64_LOCATOR = 0x07064b50L;
    private static final long ZIP64_END = 0x06064b50L;

    private static final long ALL_ONES = 0xffffffffL;
    private static final int ZIP64_EXTRA = 1;
    private static final int TIME_EXTRA = 0x5455; // what Info-ZIP calls UT: seconds since 1970

    private final SeekableStream in;
    private final long start;
    private final long end;
    private final long shift;
    private final boolean hasComment;
    private long position;
    private boolean sawComment;

    private ZipDirectory(SeekableStream in, long start, long end, long shift, boolean hasComment) {
        this.in = in;
        this.start = start;
        this.end = end;
        this.shift = shift;
        this.hasComment = hasComment;
        position = start;
    }

    /// Empty if there is none, as in a file that was cut off.
    static Optional<ZipDirectory> of(SeekableStream in) throws IOException {
        long size = in.size();
        byte[] tail = new byte[(int) Math.min(size, MAX_TAIL)];
        in.seek(size - tail.length);
        if (in.readNBytes(tail, 0, tail.length) < tail.length) {
            return Optional.empty();
        }
        int at = Format.zipEnd(tail, 0, tail.length);
        if (at < 0) {
            return Optional.empty();
        }
        long endRecord = size - tail.length + at;
        long length = int32(tail, at + 12);
        long stated = int32(tail, at + 16);
        long end = endRecord;
        if (at >= LOCATOR_LENGTH && int32(tail, at - LOCATOR_LENGTH) == ZIP64_LOCATOR) {
            long zip64 = findZip64End(in, endRecord, int64(tail, at - LOCATOR_LENGTH + 8));
            if (zip64 >= 0) {
                byte[] record = bytes(in, zip64, ZIP64_END_LENGTH);
                length = int64(record, 40);
                stated = int64(record, 48);
                end = zip64;
            }
        }
        long start = end - length;
        if (start < 0 || length < 0) {
            return Optional.empty();
        }
        boolean hasComment = size - endRecord > END_LENGTH;
        return Optional.of(new ZipDirectory(in, start, end, start - stated, hasComment));
    }

    /// Where the record stands; where something was put before the file, not where it says.
    private static long findZip64End(SeekableStream in, long end, long stated) throws IOException {
        long beforeLocator = end - LOCATOR_LENGTH - ZIP64_END_LENGTH;
        for (long at : new long[] {beforeLocator, stated}) {
            if (at >= 0
                    && at <= beforeLocator
                    && int32(bytes(in, at, ZIP64_END_LENGTH), 0) == ZIP64_END) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] bytes(SeekableStream in, long at, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.seek(at);
        if (in.readNBytes(bytes, 0, length) < length) {
            throw new IOException("its directory ends too early");
        }
        return bytes;
    }

    /// The next record, if there is one.
    Optional<ZipEntryRecord> next() throws IOException {
        if (position + RECORD_LENGTH > end) {
            return Optional.empty();
        }
        byte[] fixed = bytes(in, position, RECORD_LENGTH);
        if (int32(fixed, 0) != RECORD) {
            if (int32(fixed, 0) == 0x05054b50L) { // a signature ends the directory
                return Optional.empty();
            }
            throw new IOException("its directory is damaged");
        }
        int nameLength = int16(fixed, 28);
        int extraLength = int16(fixed, 30);
        int commentLength = int16(fixed, 32);
        sawComment |= commentLength > 0;
        byte[] variable = bytes(in, position + RECORD_LENGTH, nameLength + extraLength);
        position += RECORD_LENGTH + nameLength + extraLength + commentLength;
        long compressed = int32(fixed, 20);
        long expanded = int32(fixed, 24);
        long offset = int32(fixed, 42);
        long modified = DosTime.toMillis(int16(fixed, 14), int16(fixed, 12));
        int at = nameLength;
        while (at + 4 <= variable.length) {
            int id = int16(variable, at);
            int length = int16(variable, at + 2);
            if (id == TIME_EXTRA && length >= 5 && at + 9 <= variable.length) {
                if ((variable[at + 4] & 1) != 0) {
                    modified = TimeUnit.SECONDS.toMillis(int32(variable, at + 5));
                }
            } else if (id == ZIP64_EXTRA && at + 4 + length <= variable.length) {
                int value = at + 4;
                int last = value + length;
                if (expanded == ALL_ONES && value + 8 <= last) {
                    expanded = int64(variable, value);
                    value += 8;
                }
                if (compressed == ALL_ONES && value + 8 <= last) {
                    compressed = int64(variable, value);
                    value += 8;
                }
                if (offset == ALL_ONES && value + 8 <= last) {
                    offset = int64(variable, value);
                }
            }
            at += 4 + length;
        }
        return Optional.of(
                new ZipEntryRecord(
                        PathText.of(Arrays.copyOf(variable, nameLength)),
                        int16(fixed, 8),
                        int16(fixed, 10),
                        modified,
                        compressed,
                        expanded,
                        offset + shift));
    }

    /// Where it begins, and so the last member ends.
    long start() {
        return start;
    }

    /// Where the first member should begin.
    long shift() {
        return shift;
    }

    /// Whether there is text in it that belongs to no member.
    boolean hasComments() {
        return hasComment || sawComment;
    }

    static int int16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }

    static long int32(byte[] bytes, int at) {
        return int16(bytes, at) | (long) int16(bytes, at + 2) << 16;
    }

    private static long int64(byte[] bytes, int at) {
        return int32(bytes, at) | int32(bytes, at + 4) << 32;
    }
}
