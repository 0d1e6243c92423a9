package io.jwtrawl.files;

import io.jwtrawl.source.SeekableStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A folder, opened to be listed and to have its files read. Used by one thread.
interface Folder extends Closeable {

    /// Tells what is in it, in no order; before an error, what could be listed.
    void list(Consumer<Entry> entries) throws IOException;

    /// Reads a file that [#list] gave, here or for another instance of the same folder.
    SeekableStream read(Entry file) throws IOException;

    /// A name in a folder.
    interface Entry {
        Path path();

        String name();

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

        /// Before so many folders were opened, what system calls take to set up costs more than they save.
        int FEW = 16;

        /// The cheapest way that this platform has to read a tree.
        static Opener cheapest() {
            if (!LinuxFolder.isSupported()) {
                return PortableFolder::new;
            }
            var opened = new AtomicInteger();
            return path ->
                    opened.get() < FEW && opened.incrementAndGet() <= FEW
                            ? new PortableFolder(path)
                            : LinuxFolder.open(path);
        }

        Folder open(Path path) throws IOException;
    }
}
