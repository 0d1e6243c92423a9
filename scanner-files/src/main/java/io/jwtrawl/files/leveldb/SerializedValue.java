package io.jwtrawl.files.leveldb;

import io.jwtrawl.source.MemberSink;
import java.io.IOException;
import java.io.InputStream;

/// What a page stores as an object, as V8 writes it; Chromium compresses what is large
/// (`third_party/blink/renderer/modules/indexeddb/idb_value_wrapping.h`).
public final class SerializedValue {

    /// A file of a browser is smaller.
    private static final int MOST = 32 << 20;

    private SerializedValue() {}

    /// Where in `bytes[from, to)` what is compressed begins; -1 if nothing is. Before the object its version may stand.
    static int compressedFrom(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && at < from + 9 && (bytes[at] & 0xff) != 0xff) {
            at++;
        }
        return at + 3 < to
                        && (bytes[at] & 0xff) == 0xff
                        && bytes[at + 1] == 0x11
                        && bytes[at + 2] == 2
                ? at + 3
                : -1;
    }

    /// Opens a file that holds nothing but one object, compressed.
    public static void open(InputStream in, MemberSink sink)
            throws IOException, InterruptedException {
        byte[] bytes = in.readNBytes((int) Math.min(MOST, sink.memory() / 4));
        int from = compressedFrom(bytes, 0, bytes.length);
        RawSnappy.Expanded expanded = RawSnappy.expand(bytes, Math.max(0, from), bytes.length);
        if (!expanded.isWhole()) {
            sink.searchContainerToo();
        }
        expanded.pushTo(sink);
    }
}
