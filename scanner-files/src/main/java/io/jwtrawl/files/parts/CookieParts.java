package io.jwtrawl.files.parts;

import io.jwtrawl.source.Part;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Map;

/// Names the cookies that Safari keeps in `Cookies.binarycookies`, as `domain/name`.
final class CookieParts implements Locator {

    private static final int SHOWN = 120;

    @Override
    public Map<Long, Part> at(long[] offsets, SeekableStream whole) throws IOException {
        var spans = new Spans(offsets);
        Numbers file = Numbers.of(whole, ByteOrder.LITTLE_ENDIAN);
        try {
            long pages = file.big(4, 4);
            long page = 8 + 4 * pages;
            for (long i = 0; i < pages; i++) {
                long size = file.big(8 + 4 * i, 4);
                if (spans.isIn(page, page + size)) {
                    name(file, page, spans);
                }
                page += size;
            }
        } catch (IndexOutOfBoundsException _) {
            // It is damaged; what was named so far is.
        }
        return spans.parts();
    }

    private static void name(Numbers file, long page, Spans spans) {
        long cookies = Math.min(file.u32(page + 4), file.size());
        for (long i = 0; i < cookies; i++) {
            long cookie = page + file.u32(page + 8 + 4 * i);
            long size = file.u32(cookie);
            spans.name(
                    cookie,
                    cookie + size,
                    () ->
                            file.text(cookie + file.u32(cookie + 16), SHOWN)
                                    + "/"
                                    + file.text(cookie + file.u32(cookie + 20), SHOWN));
        }
    }
}
