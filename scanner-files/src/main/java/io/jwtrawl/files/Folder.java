package io.jwtrawl.files;

import io.jwtrawl.source.SeekableStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/// A folder, opened to be listed and to have its files read. Used by one thread.
interface Folder extends Closeable {

    /// Tells what is in it, in no order; before an error, what could be listed.
    void list(Consumer<Entry> entries) throws IOException;

    /// Reads a file that [#list] gave, here or for another instance of the same folder.
    SeekableStream read(Entry file) throws IOException;

    /// Reads a file, if it is small and has no other name, to its end.
    ///
    /// @return how many bytes it has; less than 0 if not fewer than `bytes`, if it lies at another path too, or if it cannot
    ///     be read: [#read] tells why
    int readWhole(Entry file, byte[] bytes);

    /// A name in a folder.
    interface Entry {
        Path path();

        String name();

        /// Whether the name is this one, which is ASCII.
        default boolean isNamed(String name) {
            return name().equals(name);
        }

        /// Whether the name ends with these bytes, which are ASCII.
        default boolean endsWith(byte[] end) {
            return name().endsWith(new String(end, StandardCharsets.US_ASCII));
        }

        Kind kind();
    }

    /// What a name stands for; links are not followed.
    enum Kind {
        FILE,
        FOLDER,
        /// A link, device, pipe or socket.
        OTHER
    }

    /// A way to read folders.
    interface Opener {

        /// The cheapest way that this platform has.
        static Opener cheapest() {
            return LinuxFolder.isSupported() ? LinuxFolder::open : PortableFolder::new;
        }

        Folder open(Path path) throws IOException;
    }
}
