package io.jwtrawl.detect;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/// Gzip (RFC 1952), as it occurs inside other encodings. What can be expanded of a damaged stream is kept.
final class GzipDecoder implements Decoder {

    static final int MAX_EXPANDED = 16 * 1024 * 1024;

    private static final int HEADER = 10;
    private static final int FIRST_RESERVED_FLAG = 0x20;

    @Override
    public boolean decode(Span in, int needle, int begin, Decoding out) {
        if (in.rest() != Decoding.Rest.NONE) {
            out.begin(begin);
            out.finish(begin, in.rest());
            return true;
        }
        out.begin(begin);
        if (!isPlausible(in.bytes(), begin, in.to())) {
            return false;
        }
        try (InputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(in.bytes(), begin, in.to() - begin))) {
            byte[] buffer = new byte[8192];
            int n = gzip.read(buffer);
            while (n >= 0 && out.length() < MAX_EXPANDED) {
                for (int i = 0; i < n; i++) {
                    out.add(buffer[i], begin);
                }
                n = gzip.read(buffer);
            }
        } catch (IOException e) {
            // Damaged or cut: what came out until then is searched.
        }
        out.finish(in.to(), Decoding.Rest.NONE);
        return out.length() > 0;
    }

    /// Whether the flags are known ones, and the first block is one that can be (RFC 1952, section 2.3.1; RFC 1951, section
    /// 3.2.3), which spares most of what only begins like a member the cost of an inflater.
    private static boolean isPlausible(byte[] bytes, int start, int to) {
        if (to - start < HEADER + 5) {
            return false;
        }
        int flags = bytes[start + 3] & 0xff;
        if (flags != 0) {
            return flags < FIRST_RESERVED_FLAG;
        }
        int type = bytes[start + HEADER] >> 1 & 3;
        int length = (bytes[start + HEADER + 1] & 0xff) | (bytes[start + HEADER + 2] & 0xff) << 8;
        int complement =
                (bytes[start + HEADER + 3] & 0xff) | (bytes[start + HEADER + 4] & 0xff) << 8;
        return type != 3 && (type != 0 || length == (complement ^ 0xffff));
    }
}
