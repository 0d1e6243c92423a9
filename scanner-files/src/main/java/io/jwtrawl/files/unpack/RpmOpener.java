package io.jwtrawl.files.unpack;

import io.jwtrawl.source.Container;
import io.jwtrawl.source.MemberSink;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// Opens packages of the RPM Package Manager, version 3 and 4: two headers, and a compressed cpio archive.
final class RpmOpener implements Opener {

    private static final int LEAD = 96;
    private static final int HEADER = 16;
    private static final int INDEX_ENTRY = 16;
    private static final int ALIGNMENT = 8;
    private static final int MAGIC = 0x8eade8;
    private static final int SNIFFED = 64;

    @Override
    public void open(Container container, MemberSink sink)
            throws IOException, InterruptedException {
        sink.searchContainerToo(); // what the headers hold: scripts, descriptions
        InputStream in = new Borrowed(container.in());
        in.skipNBytes(LEAD);
        long signatures = skipHeader(in);
        in.skipNBytes((ALIGNMENT - signatures % ALIGNMENT) % ALIGNMENT);
        skipHeader(in);
        in.mark(SNIFFED);
        byte[] head = in.readNBytes(SNIFFED);
        in.reset();
        Format format = Format.of(head, 0, head.length);
        switch (format) {
            case null -> throw new IOException("holds nothing that is known");
            case CPIO, CPIO_BINARY -> CpioOpener.open(in, sink);
            case GZIP, BZIP2, XZ, LZMA, ZSTD -> {
                try (InputStream payload =
                        CompressedOpener.Decoders.of(format, in, sink.memory())) {
                    CpioOpener.open(new BufferedInputStream(payload, 64 * 1024), sink);
                }
            }
            default -> throw new IOException("holds nothing that is known");
        }
    }

    /// @return how long it was
    private static long skipHeader(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length < HEADER) {
            throw new EOFException("ends too early");
        }
        if (int32(header, 0) >>> 8 != MAGIC) {
            throw new IOException("is damaged");
        }
        long length = (long) INDEX_ENTRY * int32(header, 8) + (int32(header, 12) & 0xffffffffL);
        if (length < 0) {
            throw new IOException("is damaged");
        }
        in.skipNBytes(length);
        return HEADER + length;
    }

    private static int int32(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }
}
