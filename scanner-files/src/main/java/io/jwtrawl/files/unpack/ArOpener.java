package io.jwtrawl.files.unpack;

import io.jwtrawl.source.Container;
import io.jwtrawl.source.MemberSink;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;

/// Opens Unix archives: static libraries, and Debian packages, which hold two tar archives.
final class ArOpener implements Opener {

    @Override
    @SuppressWarnings("resource") // whoever opened the container closes it
    public void open(Container container, MemberSink sink)
            throws IOException, InterruptedException {
        var ar = new ArArchiveInputStream(new Borrowed(container.in()));
        for (ArArchiveEntry entry = ar.getNextEntry(); entry != null; entry = ar.getNextEntry()) {
            sink.accept(entry.getName(), TimeUnit.SECONDS.toMillis(entry.getLastModified()), ar);
        }
    }
}
