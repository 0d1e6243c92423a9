package io.jwtrawl.source;

import java.io.IOException;

/// Opens containers: archives, compressed files, images of containers.
///
/// The engine asks it about every blob, whoever crawled that. Used by many threads at once.
public interface Unpacker {

    /// Opens nothing.
    Unpacker NONE =
            new Unpacker() {
                @Override
                public boolean beginsLikeContainer(byte[] bytes, int from, int to) {
                    return false;
                }

                @Override
                public boolean endsLikeContainer(byte[] bytes, int from, int to) {
                    return false;
                }

                @Override
                public boolean isNamedLikeContainer(String name) {
                    return false;
                }

                @Override
                public void unpack(Container container, MemberSink sink) {}

                @Override
                public PartNames partNames() {
                    return PartNames.NONE;
                }
            };

    /// Whether a blob that begins with `bytes[from, to)` may be a container. Asked about every file of a tree: it has to
    /// be quick, and may be wrong.
    boolean beginsLikeContainer(byte[] bytes, int from, int to);

    /// Whether a blob that ends with `bytes[from, to)` may have a container at its end.
    boolean endsLikeContainer(byte[] bytes, int from, int to);

    /// How many bytes of its end tell of a container there.
    int END = 22;

    /// Whether nothing but its name tells that a blob is a container.
    boolean isNamedLikeContainer(String name);

    /// Pushes what is in `container` to `sink`, from this thread. What is found to be no container after all is left to
    /// the search of the blob itself, by [MemberSink#searchContainerToo].
    ///
    /// @throws IOException if it cannot be read, or not to its end; the blob itself is then searched too
    /// @throws InterruptedException if the scan was cancelled
    void unpack(Container container, MemberSink sink) throws IOException, InterruptedException;

    /// What names the parts of files that are no containers.
    PartNames partNames();
}
