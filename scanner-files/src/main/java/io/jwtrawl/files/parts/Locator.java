package io.jwtrawl.files.parts;

import io.jwtrawl.source.Part;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.util.Map;

/// Names the parts of files of one format.
interface Locator {

    /// The part in which each byte lies, as far as that is known.
    ///
    /// @param offsets ascending
    /// @param whole at its first byte
    /// @throws IOException if it cannot be read, or is not what it looked like
    Map<Long, Part> at(long[] offsets, SeekableStream whole) throws IOException;
}
