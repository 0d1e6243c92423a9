package io.jwtrawl.documents.reader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Whether an Outlook mailbox has its end: it is as long as its header says ([MS-PST] 2.2.2.5 and 2.2.2.6).
final class OutlookEnd {

    private static final int HEADER = 512;
    private static final int VERSION = 10;

    /// From this version on, numbers of eight bytes tell of places.
    private static final int WIDE = 23;

    private static final int END = 168;
    private static final int WIDE_END = 184;

    private OutlookEnd() {}

    /// Reads `in` to its end.
    static boolean isIn(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length < HEADER) {
            return false;
        }
        ByteBuffer numbers = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        long end =
                numbers.getShort(VERSION) >= WIDE
                        ? numbers.getLong(WIDE_END)
                        : Integer.toUnsignedLong(numbers.getInt(END));
        return HEADER + in.skip(Long.MAX_VALUE) >= end;
    }
}
