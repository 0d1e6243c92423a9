package io.jwtrawl.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// The bytes of a [Blob]: in memory already, or opened by the worker that scans them.
public sealed interface Content {

    /// The bytes `[start, end)` of `array`, which is lent for one scan and not changed by it.
    @SuppressWarnings("ArrayRecordComponent") // lent, never compared
    record InMemory(byte[] array, int start, int end) implements Content {

        public InMemory {
            Objects.checkFromToIndex(start, end, array.length);
        }

        public InMemory(byte[] array) {
            this(array, 0, array.length);
        }
    }

    /// Bytes read once, front to back, in pieces of any size.
    record Streamed(Opener opener) implements Content {}

    /// Opens a stream; called at most once, by the thread that reads and closes it.
    interface Opener {
        InputStream open() throws IOException;
    }
}
