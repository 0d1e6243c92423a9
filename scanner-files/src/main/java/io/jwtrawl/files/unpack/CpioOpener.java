package io.jwtrawl.files.unpack;

import io.jwtrawl.source.Container;
import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.PathText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;

/// Opens cpio archives, such as an initial RAM disk.
final class CpioOpener implements Opener {

    private static final int BLOCK = 512;

    @Override
    public void open(Container container, MemberSink sink)
            throws IOException, InterruptedException {
        open(new Borrowed(container.in()), sink);
    }

    /// Pushes the members of the archive that `in` gives.
    @SuppressWarnings("resource") // whoever opened the container closes it
    static void open(InputStream in, MemberSink sink) throws IOException, InterruptedException {
        var cpio = new CpioArchiveInputStream(in, BLOCK, "ISO-8859-1");
        for (CpioArchiveEntry entry = cpio.getNextEntry();
                entry != null;
                entry = cpio.getNextEntry()) {
            if (entry.getSize() > 0 && !entry.isDirectory()) {
                sink.accept(
                        PathText.of(entry.getName().getBytes(StandardCharsets.ISO_8859_1)),
                        TimeUnit.SECONDS.toMillis(entry.getTime()),
                        cpio);
            }
        }
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != 0) {
                sink.searchContainerToo(); // something follows, such as a second archive
                return;
            }
        }
    }
}
