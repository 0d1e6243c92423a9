package io.jwtrawl.files.parts;

import io.jwtrawl.source.Part;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Map;

/// Names the records of Windows event logs, `.evtx`, by number and time
/// ([format](https://github.com/libyal/libevtx/blob/main/documentation/Windows%20XML%20Event%20Log%20(EVTX).asciidoc)).
final class EventLogParts implements Locator {

    private static final int FILE_HEADER = 4096;
    private static final int CHUNK = 64 * 1024;
    private static final int CHUNK_HEADER = 512;
    private static final int RECORD = 0x2a2a;
    private static final int RECORD_HEADER = 24;

    /// Windows counts time from 1601 on, in units of 100 ns.
    private static final long EPOCH = 11_644_473_600L;

    @Override
    public Map<Long, Part> at(long[] offsets, SeekableStream whole) throws IOException {
        var spans = new Spans(offsets);
        long latest = -1;
        for (long offset : offsets) {
            long chunk = (offset - FILE_HEADER) / CHUNK;
            if (offset >= FILE_HEADER && chunk != latest) {
                latest = chunk;
                whole.seek(FILE_HEADER + chunk * CHUNK);
                name(whole.readNBytes(CHUNK), FILE_HEADER + chunk * CHUNK, spans);
            }
        }
        return spans.parts();
    }

    private static void name(byte[] bytes, long start, Spans spans) {
        ByteBuffer chunk = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = CHUNK_HEADER;
        while (at + RECORD_HEADER <= bytes.length && chunk.getInt(at) == RECORD) {
            int size = chunk.getInt(at + 4);
            if (size < RECORD_HEADER) {
                return;
            }
            long number = chunk.getLong(at + 8);
            long time = chunk.getLong(at + 16);
            spans.name(
                    start + at,
                    start + at + size,
                    () -> "record " + Long.toUnsignedString(number) + " of " + time(time));
            at = (int) Math.min(Integer.MAX_VALUE / 2, (long) at + size);
        }
    }

    private static Instant time(long windows) {
        return Instant.ofEpochSecond(windows / 10_000_000 - EPOCH, windows % 10_000_000 * 100);
    }
}
