package io.jwtrawl.files.system;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.jwtrawl.source.ExpansionLimitException;
import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.SeekableStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/// Opens a journal of systemd ([format](https://systemd.io/JOURNAL_FILE_FORMAT/)) as far as that hides something: fields
/// that are compressed, which those of 512 bytes and more are. All else stands there as it is.
public final class Journal {

    private static final int HEADER = 208;
    private static final int COMPACT = 1 << 4;
    private static final int OBJECT = 16;
    private static final int DATA = 1;
    private static final int XZ = 1;
    private static final int LZ4 = 2;
    private static final int ZSTD = 4;

    /// Before an LZ4 block stands how large it was.
    private static final int LZ4_SIZE = 8;

    private Journal() {}

    /// @throws IOException if it is damaged; what can be read of it was pushed
    public static void open(SeekableStream in, MemberSink sink)
            throws IOException, InterruptedException {
        sink.searchContainerToo();
        byte[] header = new byte[HEADER];
        in.seek(0);
        int length = in.readNBytes(header, 0, HEADER);
        ByteBuffer numbers = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        long at = numbers.getLong(88); // the size of the header
        if (length < HEADER || at < HEADER || at > in.size()) {
            throw new IOException("is damaged in its header");
        }
        int payload = (numbers.getInt(12) & COMPACT) != 0 ? 72 : 64;
        long size = in.size();
        while (at + OBJECT <= size) {
            in.seek(at);
            in.readNBytes(header, 0, OBJECT);
            long objectSize = numbers.getLong(8);
            int flags = header[1] & (XZ | LZ4 | ZSTD);
            if (objectSize == 0) {
                return; // room that is kept for what comes
            }
            if (objectSize < OBJECT || objectSize > size - at) {
                throw new IOException("is damaged at byte " + at);
            }
            if (header[0] == DATA && flags != 0 && objectSize > payload) {
                push(in, at + payload, objectSize - payload, flags, sink);
            }
            at += (objectSize + 7) & ~7L;
        }
    }

    private static void push(
            SeekableStream in, long from, long length, int compression, MemberSink sink)
            throws IOException, InterruptedException {
        String name = "field at " + from;
        if (length > sink.memory() / 4) {
            sink.skipped(name, "needs more memory than there is");
            return;
        }
        byte[] bytes = new byte[(int) length];
        in.seek(from);
        in.readNBytes(bytes, 0, bytes.length);
        try (InputStream expanded = expand(new ByteArrayInputStream(bytes), compression, sink)) {
            sink.inside(name).acceptExpanded(name(compression), expanded);
        } catch (ExpansionLimitException e) {
            throw e;
        } catch (IOException e) {
            sink.unreadable(name, e);
        }
    }

    private static String name(int compression) {
        return switch (compression) {
            case XZ -> "xz";
            case LZ4 -> "lz4";
            default -> "zstd";
        };
    }

    private static InputStream expand(InputStream in, int compression, MemberSink sink)
            throws IOException {
        return switch (compression) {
            case XZ -> new XZInputStream(in, (int) (sink.memory() >> 10));
            case LZ4 -> {
                in.skipNBytes(LZ4_SIZE);
                yield new BlockLZ4CompressorInputStream(in);
            }
            default -> new ZstdInputStreamNoFinalizer(in);
        };
    }
}
