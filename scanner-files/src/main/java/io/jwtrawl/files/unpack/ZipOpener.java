package io.jwtrawl.files.unpack;

import io.jwtrawl.source.BlockStream;
import io.jwtrawl.source.Container;
import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.PathText;
import io.jwtrawl.source.SeekableStream;
import io.jwtrawl.source.SliceStream;
import io.jwtrawl.source.Spool;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.archivers.zip.UnsupportedZipFeatureException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.tukaani.xz.LZMAInputStream;

/// Opens ZIP files, and all that are ZIP files by another name: by their directory, where that can be reached.
///
/// What is stored or deflated is read with the JDK alone, other methods by the library.
final class ZipOpener implements Opener {

    private static final int HEADER_LENGTH = 30;
    private static final long HEADER = 0x04034b50L;

    /// What may stand behind a member: a descriptor with sizes of 8 bytes.
    private static final int DESCRIPTOR = 24;

    /// So much compressed text is one thread's share.
    private static final long SHARE = 512 * 1024;

    private static final int SHARE_MEMBERS = 256;

    private static final int LZMA_HEADER = 9;

    @Override
    public void open(Container container, MemberSink sink)
            throws IOException, InterruptedException {
        InputStream in = Spool.ofSmall(container.in());
        Optional<ZipDirectory> directory =
                in instanceof SeekableStream seekable
                        ? ZipDirectory.of(new BufferedSeekable(seekable))
                        : Optional.empty();
        if (in instanceof SeekableStream seekable) {
            if (directory.isPresent()) {
                openByDirectory(directory.get(), seekable, sink);
                return;
            }
            seekable.seek(0);
            sink.searchContainerToo();
        }
        openStreamed(in, sink, in instanceof SeekableStream);
    }

    private static void openByDirectory(ZipDirectory directory, SeekableStream in, MemberSink sink)
            throws IOException, InterruptedException {
        long covered = 0;
        long entries = 0;
        List<ZipEntryRecord> share = new ArrayList<>();
        long shareBytes = 0;
        for (Optional<ZipEntryRecord> next = directory.next();
                next.isPresent();
                next = directory.next()) {
            ZipEntryRecord entry = next.get();
            entries++;
            covered += HEADER_LENGTH + entry.compressed();
            if (entry.isEncrypted()) {
                sink.skipped(entry.name(), "is encrypted");
            } else if (!entry.isFolder()) {
                share.add(entry);
                shareBytes += entry.compressed();
            }
            if (shareBytes >= SHARE || share.size() >= SHARE_MEMBERS) {
                openShare(List.copyOf(share), in, sink);
                share.clear();
                shareBytes = 0;
            }
        }
        openShare(share, in, sink);
        long unknown = directory.start() - Math.max(0, directory.shift()) - covered;
        // Names and further fields stand between members; 64 KiB are more than any of those, if
        // there are few.
        if (directory.hasComments()
                || directory.shift() > 0
                || unknown > entries * (DESCRIPTOR + 1024L)) {
            sink.searchContainerToo();
        }
    }

    private static void openShare(List<ZipEntryRecord> entries, SeekableStream in, MemberSink sink)
            throws IOException, InterruptedException {
        if (entries.isEmpty()
                || (!in.isLent()
                        && sink.share(other -> {
                            try (SeekableStream again = in.reopen()) {
                                openAll(entries, again, other);
                            }
                        }))) {
            return;
        }
        openAll(entries, in, sink);
    }

    private static void openAll(List<ZipEntryRecord> entries, SeekableStream in, MemberSink sink)
            throws IOException, InterruptedException {
        var buffered = new BufferedSeekable(in);
        var inflater = new Inflater(true);
        try {
            for (ZipEntryRecord entry : entries) {
                long data = dataOf(entry, buffered);
                if (data < 0) {
                    sink.unreadable(entry.name(), new IOException("is not where it should be"));
                    sink.searchContainerToo();
                } else if (entry.method() == ZipEntryRecord.STORED) {
                    sink.accept(
                            entry.name(),
                            entry.modified(),
                            new SliceStream(buffered, data, entry.compressed()));
                } else if (entry.method() == ZipEntryRecord.DEFLATED) {
                    inflater.reset();
                    var slice = new SliceStream(buffered, data, entry.compressed());
                    sink.accept(
                            entry.name(),
                            entry.modified(),
                            new InflaterInputStream(slice, inflater, 16 * 1024));
                } else if (entry.method() == ZipEntryRecord.LZMA) {
                    var slice = new SliceStream(buffered, data, entry.compressed());
                    sink.accept(entry.name(), entry.modified(), lzma(slice, entry, sink.memory()));
                } else if (entry.method() == ZipEntryRecord.XZ) {
                    openXz(entry, new SliceStream(buffered, data, entry.compressed()), sink);
                } else {
                    openOther(entry, buffered, sink);
                }
            }
        } finally {
            inflater.end();
        }
    }

    /// The library knows this method, but has no stream for it.
    private static void openXz(ZipEntryRecord entry, InputStream in, MemberSink sink)
            throws IOException, InterruptedException {
        InputStream expanded;
        try {
            expanded = CompressedOpener.Decoders.of(Format.XZ, in, sink.memory());
        } catch (IOException e) {
            sink.unreadable(entry.name(), e);
            return;
        }
        sink.accept(entry.name(), expanded);
    }

    /// Where the content of a member begins; -1 if it is nowhere.
    private static long dataOf(ZipEntryRecord entry, BufferedSeekable in) throws IOException {
        if (entry.offset() < 0 || entry.compressed() < 0) {
            return -1;
        }
        byte[] header = new byte[HEADER_LENGTH];
        in.seek(entry.offset());
        if (in.readNBytes(header, 0, HEADER_LENGTH) < HEADER_LENGTH
                || ZipDirectory.int32(header, 0) != HEADER) {
            return -1;
        }
        long data =
                entry.offset()
                        + HEADER_LENGTH
                        + ZipDirectory.int16(header, 26)
                        + ZipDirectory.int16(header, 28);
        return data > in.size() ? -1 : data;
    }

    /// The properties of the decoder stand before what it decodes (APPNOTE 5.8.8).
    private static InputStream lzma(InputStream in, ZipEntryRecord entry, long memory)
            throws IOException {
        byte[] header = in.readNBytes(LZMA_HEADER);
        if (header.length < LZMA_HEADER || ZipDirectory.int16(header, 2) != 5) {
            return new ByteArrayInputStream(header);
        }
        boolean hasEndMark = (entry.flags() & 2) != 0;
        int dictionary = (int) Math.min(Integer.MAX_VALUE, ZipDirectory.int32(header, 5));
        if (LZMAInputStream.getMemoryUsage(dictionary, header[4]) > memory >> 10) {
            throw new IOException("needs more memory than it may take to be expanded");
        }
        return new LZMAInputStream(in, hasEndMark ? -1 : entry.expanded(), header[4], dictionary);
    }

    /// The library reads one member from its own header on.
    @SuppressWarnings("resource") // closed by whoever opened the file
    private static void openOther(ZipEntryRecord entry, BufferedSeekable in, MemberSink sink)
            throws IOException, InterruptedException {
        var slice = new SliceStream(in, entry.offset(), Math.max(0, in.size() - entry.offset()));
        var zip = new ZipArchiveInputStream(slice, "UTF-8", true, true, true);
        ZipArchiveEntry found = zip.getNextEntry();
        if (found == null || !zip.canReadEntryData(found)) {
            sink.skipped(
                    entry.name(),
                    "is compressed by method " + entry.method() + ", which cannot be undone");
            return;
        }
        sink.accept(entry.name(), entry.modified(), zip);
    }

    /// Reads one member after the other, by their own headers: there is no directory, or it comes too late.
    private static void openStreamed(InputStream in, MemberSink sink, boolean isCut)
            throws IOException, InterruptedException {
        var zip = new ZipArchiveInputStream(in, "UTF-8", true, true, true);
        while (true) {
            ZipArchiveEntry entry;
            try {
                entry = zip.getNextEntry();
            } catch (EOFException e) {
                throw new IOException("ends too early", e);
            }
            if (entry == null) {
                break;
            }
            String name = PathText.of(entry.getRawName());
            if (entry.getGeneralPurposeBit().usesEncryption()) {
                sink.skipped(name, "is encrypted");
            } else if (!entry.isDirectory()) {
                sink.accept(name, entry.getLastModifiedTime().toMillis(), new Entry(zip));
            }
        }
        if (isCut) {
            throw new IOException("has no directory: it ends too early or is damaged");
        }
    }

    /// What the library cannot read it tells in words of its own.
    private static final class Entry extends BlockStream {
        private final InputStream in;

        Entry(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return in.read(bytes, offset, length);
            } catch (UnsupportedZipFeatureException e) {
                throw new IOException("cannot be expanded: " + e.getFeature(), e);
            }
        }
    }
}
