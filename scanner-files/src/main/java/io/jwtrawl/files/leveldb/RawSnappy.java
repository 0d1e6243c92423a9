package io.jwtrawl.files.leveldb;

import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.MemoryStream;
import java.io.IOException;

/// Undoes Snappy compression without frames ([format](https://github.com/google/snappy/blob/main/format_description.txt)).
///
/// The libraries that there are give nothing of what is damaged, or believe what it says of its size.
public final class RawSnappy {

    /// An element of three bytes makes at most so many.
    private static final int MOST_OF_THREE = 64;

    /// More than any block or value of a browser's storage has.
    private static final int MOST = 64 << 20;

    private RawSnappy() {}

    /// @param bytes of which the first `length` count
    /// @param isWhole whether it could be expanded to its end
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Expanded(byte[] bytes, int length, boolean isWhole) {

        /// Searches it as what `sink` expands to.
        public void pushTo(MemberSink sink) throws IOException, InterruptedException {
            sink.acceptExpanded("snappy", new MemoryStream(bytes, 0, length, true));
        }
    }

    /// What `bytes[from, to)` expand to, as far as they can be.
    public static Expanded expand(byte[] bytes, int from, int to) {
        long stated = 0;
        int at = from;
        for (int shift = 0; shift < 35; shift += 7) {
            if (at == to) {
                return new Expanded(new byte[0], 0, false);
            }
            stated |= (bytes[at] & 0x7fL) << shift;
            if (bytes[at++] >= 0) {
                break;
            }
        }
        long most = ((long) to - at) * MOST_OF_THREE;
        byte[] out = new byte[(int) Math.min(Math.min(stated, most), MOST)];
        int length = 0;
        while (at < to) {
            int tag = bytes[at++] & 0xff;
            int kind = tag & 3;
            if (kind == 0) {
                int extra = Math.max(0, (tag >> 2) - 59);
                long count = extra == 0 ? tag >> 2 : number(bytes, at, extra, to);
                at += extra;
                int literal = (int) Math.min(count + 1, Math.min(to - at, out.length - length));
                if (literal < 0) {
                    return new Expanded(out, length, false);
                }
                System.arraycopy(bytes, at, out, length, literal);
                at += literal;
                length += literal;
                if (literal < count + 1) {
                    return new Expanded(out, length, false);
                }
                continue;
            }
            int size = kind == 3 ? 4 : kind;
            long distance = number(bytes, at, size, to);
            int count = (tag >> 2) + 1;
            if (kind == 1) {
                distance |= (tag & 0xe0L) << 3;
                count = ((tag >> 2) & 7) + 4;
            }
            at += size;
            if (at > to || distance == 0 || distance > length || count > out.length - length) {
                return new Expanded(out, length, false);
            }
            for (int end = length + count; length < end; length++) {
                out[length] = out[length - (int) distance];
            }
        }
        return new Expanded(out, length, length == stated);
    }

    /// A little-endian number; bytes beyond `to` count as zeros.
    private static long number(byte[] bytes, int at, int count, int to) {
        return Reading.little(bytes, at, Math.clamp(to - at, 0, count));
    }
}
