package io.jwtrawl.files.parts;

import io.jwtrawl.source.Part;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/// Names the sections of programs, ELF and PE, and of the memory in core dumps the addresses.
final class ProgramParts implements Locator {

    private static final int HEADER = 64;
    private static final int CORE = 4;
    private static final int LOAD = 1;
    private static final int NO_BITS = 8;
    private static final int PE_SECTION = 40;

    /// Entries of the tables are no longer.
    private static final int MOST = 256;

    private static final int LONGEST_NAME = 100;

    @Override
    public Map<Long, Part> at(long[] offsets, SeekableStream whole) throws IOException {
        var spans = new Spans(offsets);
        ByteBuffer header = read(whole, 0, HEADER, ByteOrder.LITTLE_ENDIAN);
        if (header.get(0) == 'M') {
            namePe(whole, header.getInt(60) & 0xffffffffL, spans);
        } else {
            nameElf(whole, header, spans);
        }
        return spans.parts();
    }

    /// Zeros where there is nothing.
    private static ByteBuffer read(SeekableStream whole, long at, int length, ByteOrder order)
            throws IOException {
        byte[] bytes = new byte[length];
        if (at >= 0 && at < whole.size()) {
            whole.seek(at);
            whole.readNBytes(bytes, 0, length);
        }
        return ByteBuffer.wrap(bytes).order(order);
    }

    private static void namePe(SeekableStream whole, long at, Spans spans) throws IOException {
        ByteBuffer header = read(whole, at, 24, ByteOrder.LITTLE_ENDIAN);
        if (header.getInt(0) != 0x4550) {
            return;
        }
        int count = header.getShort(6) & 0xffff;
        long table = at + 24 + (header.getShort(20) & 0xffff);
        ByteBuffer sections = read(whole, table, count * PE_SECTION, ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            int section = i * PE_SECTION;
            long size = sections.getInt(section + 16) & 0xffffffffL;
            long from = sections.getInt(section + 20) & 0xffffffffL;
            String name = text(sections, section, 8);
            spans.name(from, from + size, () -> name);
        }
    }

    private static String text(ByteBuffer bytes, int from, int most) {
        var text = new StringBuilder();
        for (int i = from; i < bytes.limit() && i < from + most && bytes.get(i) != 0; i++) {
            text.append((char) (bytes.get(i) & 0xff));
        }
        return text.toString();
    }

    private static void nameElf(SeekableStream whole, ByteBuffer header, Spans spans)
            throws IOException {
        boolean isWide = header.get(4) == 2;
        ByteOrder order = header.get(5) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        header.order(order);
        if (header.getShort(16) == CORE) {
            nameCore(whole, header, isWide, spans);
            return;
        }
        long table = number(header, isWide ? 40 : 32, isWide);
        int size = header.getShort(isWide ? 58 : 46) & 0xffff;
        int count = header.getShort(isWide ? 60 : 48) & 0xffff;
        int names = header.getShort(isWide ? 62 : 50) & 0xffff;
        if (size < (isWide ? 64 : 40) || size > MOST || names >= count) {
            return;
        }
        ByteBuffer sections = read(whole, table, size * count, order);
        int strings = names * size;
        long stringsSize = number(sections, strings + (isWide ? 32 : 20), isWide);
        ByteBuffer text =
                read(
                        whole,
                        number(sections, strings + (isWide ? 24 : 16), isWide),
                        (int) Math.min(1 << 20, Math.max(0, stringsSize)),
                        order);
        for (int i = 0; i < count; i++) {
            int section = i * size;
            if (sections.getInt(section + 4) != NO_BITS) {
                long from = number(sections, section + (isWide ? 24 : 16), isWide);
                long length = number(sections, section + (isWide ? 32 : 20), isWide);
                int name = Math.max(0, sections.getInt(section));
                spans.name(from, from + length, () -> text(text, name, LONGEST_NAME));
            }
        }
    }

    private static long number(ByteBuffer bytes, int at, boolean isWide) {
        return isWide ? bytes.getLong(at) : bytes.getInt(at) & 0xffffffffL;
    }

    private static void nameCore(
            SeekableStream whole, ByteBuffer header, boolean isWide, Spans spans)
            throws IOException {
        long table = number(header, isWide ? 32 : 28, isWide);
        int size = header.getShort(isWide ? 54 : 42) & 0xffff;
        int count = header.getShort(isWide ? 56 : 44) & 0xffff;
        if (size < (isWide ? 56 : 32) || size > MOST) {
            return;
        }
        ByteBuffer segments = read(whole, table, size * count, header.order());
        for (int i = 0; i < count; i++) {
            int segment = i * size;
            if (segments.getInt(segment) == LOAD) {
                long from = number(segments, segment + (isWide ? 8 : 4), isWide);
                long address = number(segments, segment + (isWide ? 16 : 8), isWide);
                long length = number(segments, segment + (isWide ? 32 : 16), isWide);
                spans.name(from, from + length, () -> "memory from 0x" + Long.toHexString(address));
            }
        }
    }
}
