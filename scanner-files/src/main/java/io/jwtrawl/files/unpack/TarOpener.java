package io.jwtrawl.files.unpack;

import io.jwtrawl.source.Container;
import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.PathText;
import io.jwtrawl.source.SeekableStream;
import io.jwtrawl.source.SliceStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Opens tar archives of every kind, and several of them one behind the other. Links and devices hold nothing.
final class TarOpener implements Opener {

    private static final int BLOCK = 512;

    /// From this size on a member of a file is read on its own, so that another thread may.
    private static final long LARGE = 256 * 1024;

    private final ImageNotes images;

    TarOpener(ImageNotes images) {
        this.images = images;
    }

    @Override
    public void open(Container container, MemberSink sink)
            throws IOException, InterruptedException {
        var image = new ImageReader(images, sink.container());
        if (container.in() instanceof SeekableStream seekable) {
            openSeekable(new BufferedSeekable(seekable), image, sink);
        } else {
            var in = new Borrowed(container.in());
            do {
                openStreamed(in, image, sink);
            } while (seesAnother(in, sink));
        }
        image.finish(sink);
    }

    private static TarArchiveInputStream read(InputStream in) {
        // Its constructor is as good as a builder: names in Latin-1 are the bytes that they are,
        // sizes may be damaged.
        return new TarArchiveInputStream(in, BLOCK, BLOCK, "ISO-8859-1", true);
    }

    @SuppressWarnings("resource") // whoever opened the container closes it
    private static void openStreamed(InputStream in, ImageReader image, MemberSink sink)
            throws IOException, InterruptedException {
        TarArchiveInputStream tar = read(in);
        for (TarArchiveEntry entry = tar.getNextEntry();
                entry != null;
                entry = tar.getNextEntry()) {
            accept(entry, tar, image, sink);
        }
    }

    /// A large member is read by itself, and the library begins anew behind it.
    @SuppressWarnings("resource")
    private static void openSeekable(BufferedSeekable in, ImageReader image, MemberSink sink)
            throws IOException, InterruptedException {
        long start = 0;
        long size = in.size();
        do {
            in.seek(start);
            TarArchiveInputStream tar = read(in);
            TarArchiveEntry entry = tar.getNextEntry();
            boolean again = false;
            while (entry != null && !again) {
                long data = start + tar.getBytesRead();
                again = entry.getSize() >= LARGE && !entry.isSparse() && entry.isFile();
                if (again && data + entry.getSize() > size) {
                    acceptLarge(entry, new SliceStream(in, data, size - data), image, sink);
                    throw new IOException("ends too early");
                }
                if (again) {
                    acceptLarge(entry, new SliceStream(in, data, entry.getSize()), image, sink);
                    start = data + (entry.getSize() + BLOCK - 1) / BLOCK * BLOCK;
                } else {
                    accept(entry, tar, image, sink);
                    entry = tar.getNextEntry();
                }
            }
            if (!again) {
                start += tar.getBytesRead();
                in.seek(start);
                if (!seesAnother(in, sink)) {
                    return;
                }
                start = in.position();
            }
        } while (start < size);
    }

    private static void accept(
            TarArchiveEntry entry, InputStream in, ImageReader image, MemberSink sink)
            throws IOException, InterruptedException {
        String name = name(entry);
        image.see(name);
        if (entry.getSize() == 0 || entry.isDirectory()) {
            return;
        }
        if (image.isMetadata(name, entry.getSize())) {
            byte[] bytes = in.readNBytes((int) entry.getSize());
            image.keep(name, bytes);
            sink.accept(name, modified(entry), new java.io.ByteArrayInputStream(bytes));
        } else {
            sink.accept(name, modified(entry), in);
        }
    }

    private static void acceptLarge(
            TarArchiveEntry entry, SliceStream slice, ImageReader image, MemberSink sink)
            throws IOException, InterruptedException {
        String name = name(entry);
        image.see(name);
        sink.accept(name, modified(entry), slice);
    }

    private static long modified(TarArchiveEntry entry) {
        return entry.getLastModifiedTime().toMillis();
    }

    /// The bytes of a name, which the library takes for Latin-1, unless an extended header gave it as UTF-8.
    private static String name(TarArchiveEntry entry) {
        String name = entry.getName();
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) > 0xff) {
                return name;
            }
        }
        return PathText.of(name.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Goes on to the next archive in the same file, past the NULs between them.
    ///
    /// @return whether there is one
    private static boolean seesAnother(InputStream in, MemberSink sink) throws IOException {
        byte[] block = new byte[BLOCK];
        while (true) {
            in.mark(BLOCK);
            int length = in.readNBytes(block, 0, BLOCK);
            boolean isEmpty = true;
            for (int i = 0; i < length; i++) {
                isEmpty &= block[i] == 0;
            }
            if (!isEmpty) {
                in.reset();
                if (Format.of(block, 0, length) == Format.TAR) {
                    return true;
                }
                sink.searchContainerToo();
                return false;
            }
            if (length < BLOCK) {
                return false;
            }
        }
    }
}
