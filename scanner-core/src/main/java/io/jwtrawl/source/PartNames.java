package io.jwtrawl.source;

import java.io.IOException;
import java.util.Map;

/// Names the parts of structured files: the cell of a notebook, the key of a Secret, the section of a program; and tells
/// which of them are messages.
///
/// Asked only of blobs in which something was found, so it may take its time. Used by many threads at once.
public interface PartNames {

    /// Knows no file.
    PartNames NONE =
            new PartNames() {
                @Override
                public boolean wantsWhole(byte[] bytes, int from, int to) {
                    return false;
                }

                @Override
                public Map<Long, Part> at(long[] offsets, String name, SeekableStream whole) {
                    return Map.of();
                }
            };

    /// Whether the parts of a blob that begins with `bytes[from, to)` are known from all of it, so that one that can be
    /// read only once is better kept.
    boolean wantsWhole(byte[] bytes, int from, int to);

    /// The part in which each byte lies; those in none that is known are left out.
    ///
    /// @param offsets ascending, some perhaps twice
    /// @param name of the file, with or without folders; empty if it is not known
    /// @param whole from its first byte on
    /// @throws IOException if it cannot be read
    Map<Long, Part> at(long[] offsets, String name, SeekableStream whole) throws IOException;
}
