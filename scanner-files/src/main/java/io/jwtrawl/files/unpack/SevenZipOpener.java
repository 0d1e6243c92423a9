package io.jwtrawl.files.unpack;

import io.jwtrawl.source.BlockStream;
import io.jwtrawl.source.Container;
import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.SeekableStream;
import io.jwtrawl.source.Spool;
import java.io.IOException;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;

/// Opens 7z archives, whose directory stands at the end: one that can be read only once is kept first.
final class SevenZipOpener implements Opener {

    private static final String ENCRYPTED = "is encrypted";

    @Override
    public void open(Container container, MemberSink sink)
            throws IOException, InterruptedException {
        if (container.in() instanceof SeekableStream seekable) {
            open(seekable, sink);
            return;
        }
        try (SeekableStream kept = Spool.of(container.in())) {
            open(kept, sink);
        }
    }

    /// Pushes the members of the archive that is all of `in`.
    static void open(SeekableStream in, MemberSink sink) throws IOException, InterruptedException {
        try (SevenZFile archive =
                SevenZFile.builder()
                        .setSeekableByteChannel(new SeekableChannel(in))
                        .setMaxMemoryLimitKiB(
                                (int) Math.min(Integer.MAX_VALUE, sink.memory() >> 10))
                        .get()) {
            for (SevenZArchiveEntry entry = archive.getNextEntry();
                    entry != null;
                    entry = archive.getNextEntry()) {
                if (!entry.isDirectory() && entry.hasStream()) {
                    var member = new Member(archive);
                    sink.accept(nameOf(entry), modified(entry), member);
                    if (member.isEncrypted) {
                        sink.skipped(nameOf(entry), ENCRYPTED);
                    }
                }
            }
        } catch (PasswordRequiredException _) {
            sink.skipped(ENCRYPTED);
        }
    }

    private static long modified(SevenZArchiveEntry entry) {
        return entry.getHasLastModifiedDate()
                ? entry.getLastModifiedTime().toMillis()
                : MemberSink.UNDATED;
    }

    private static String nameOf(SevenZArchiveEntry entry) {
        String name = entry.getName();
        return name == null ? "?" : name;
    }

    /// The member that the archive is at. One that is encrypted has no content.
    private static final class Member extends BlockStream {
        private final SevenZFile archive;
        private boolean isEncrypted;

        Member(SevenZFile archive) {
            this.archive = archive;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return archive.read(bytes, offset, length);
            } catch (PasswordRequiredException _) {
                isEncrypted = true;
                return -1;
            }
        }
    }
}
