package io.jwtrawl.detect;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/// Gzip (RFC 1952), as it occurs inside other encodings. What can be expanded of a damaged stream is kept.
final class GzipDecoder implements Decoder {

    static final int MAX_EXPANDED = 16 * 1024 * 1024;

    @Override
    public boolean decode(Span in, int needle, int begin, Decoding out) {
        if (in.rest() != Decoding.Rest.NONE) {
            out.begin(begin);
            out.finish(begin, in.rest());
            return true;
        }
        out.begin(begin);
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
}
