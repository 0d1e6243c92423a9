package io.jwtrawl.files.sqlite;

import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Opens what stands beside a database: its write-ahead log (section 4) or its rollback journal (section 3). Both hold
/// pages as they will be or were, one after the other, many of them several times.
public final class PageImages {

    private static final int LOG_HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int SALTS = 8;

    /// The least that a journal's header says of its own length and of its pages.
    private static final int LEAST = 512;

    private static final int MOST = 65536;

    /// @param offset of the page itself
    /// @param isCurrent whether it belongs to what is in the log now, and not to what was there before
    private record Image(int number, long offset, boolean isCurrent) {}

    private final SeekableStream in;
    private final int size;
    private final List<Image> images = new ArrayList<>();

    private PageImages(SeekableStream in, int size) throws IOException {
        this.in = in;
        this.size = size;
        if (size < LEAST || size > MOST || Integer.bitCount(size) != 1) {
            throw new IOException("states pages of " + size + " bytes");
        }
    }

    /// @param database beside which it stands, if that is there: then rows in it are known by their tables
    public static void openLog(
            SeekableStream in, Optional<SeekableStream> database, MemberSink sink)
            throws IOException, InterruptedException {
        byte[] header = read(in, 0, LOG_HEADER);
        var log = new PageImages(in, (int) Bytes.u32(header, 8));
        byte[] frame = new byte[FRAME_HEADER];
        long at = LOG_HEADER;
        for (; at + FRAME_HEADER + log.size <= in.size(); at += FRAME_HEADER + log.size) {
            in.seek(at);
            if (in.readNBytes(frame, 0, FRAME_HEADER) < FRAME_HEADER) {
                break;
            }
            boolean isCurrent = Arrays.equals(frame, 8, 8 + SALTS, header, 16, 16 + SALTS);
            log.add(Bytes.u32(frame, 0), at + FRAME_HEADER, isCurrent);
        }
        log.search(database, at, sink);
    }

    public static void openJournal(
            SeekableStream in, Optional<SeekableStream> database, MemberSink sink)
            throws IOException, InterruptedException {
        byte[] header = read(in, 0, 28);
        var journal = new PageImages(in, (int) Bytes.u32(header, 24));
        long at = Math.max(LEAST, Math.min(Bytes.u32(header, 20), MOST));
        for (; at + 8 + journal.size <= in.size(); at += 8 + journal.size) {
            long number = Bytes.u32(read(in, at, 4), 0);
            if (number == 0 || number > Pages.MOST) {
                break;
            }
            journal.add(number, at + 4, true);
        }
        journal.search(database, at, sink);
    }

    private static byte[] read(SeekableStream in, long at, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.seek(at);
        if (in.readNBytes(bytes, 0, length) < length) {
            throw new IOException("ends in its header");
        }
        return bytes;
    }

    private void add(long number, long offset, boolean isCurrent) {
        // What has no number that a page can have is looked at all the same.
        images.add(new Image(number > Pages.MOST ? 0 : (int) number, offset, isCurrent));
    }

    /// @param end of the last page
    private void search(Optional<SeekableStream> database, long end, MemberSink sink)
            throws IOException, InterruptedException {
        Optional<FilePages> base = Optional.empty();
        if (database.isPresent() && database.get().size() >= FilePages.HEADER) {
            base = Optional.of(FilePages.of(database.get())).filter(pages -> pages.size() == size);
        }
        var newest = new Newest(base);
        if (newest.has(1)) {
            // What is wrong there may be wrong because it is older or newer than the database.
            var _ = SqliteFile.search(newest, sink);
        }
        searchOthers(newest, sink);
        byte[] rest = new byte[(int) Math.min(2L * MOST, Math.max(0, in.size() - end))];
        in.seek(end);
        int length = in.readNBytes(rest, 0, rest.length);
        sink.acceptRest("behind its pages", end, rest, 0, length);
    }

    /// Searches the images that are not the newest of their pages, or that nothing leads to.
    private void searchOthers(Newest newest, MemberSink sink)
            throws IOException, InterruptedException {
        var remains = new Remains(sink, newest, new Payloads(newest));
        byte[] bytes = new byte[size];
        for (boolean asRows : new boolean[] {true, false}) {
            for (int i = 0; i < images.size(); i++) {
                Image image = images.get(i);
                boolean isNewest =
                        Long.valueOf(image.offset()).equals(newest.offsets.get(image.number()));
                if (image.number() == 0 ? asRows : isNewest && newest.isReached(image.number())) {
                    continue;
                }
                in.seek(image.offset());
                int length = in.readNBytes(bytes, 0, size);
                Arrays.fill(bytes, length, size, (byte) 0);
                boolean hasRows = remains.hasRows(bytes, image.number());
                if (asRows && hasRows) {
                    remains.searchRows(bytes, image.number(), image.offset());
                } else if (!asRows && !hasRows) {
                    remains.searchWhole(bytes, image.number(), image.offset());
                }
            }
        }
    }

    /// Each page as it is in the log at last, or else in the database.
    private final class Newest extends Pages {
        private final Optional<FilePages> base;
        private final Map<Integer, Long> offsets = new HashMap<>();
        private final int count;

        Newest(Optional<FilePages> base) {
            super(size, base.map(pages -> pages.size() - pages.usable()).orElse(0));
            this.base = base;
            int most = base.map(Pages::count).orElse(0);
            for (Image image : images) {
                if (image.isCurrent() && image.number() > 0) {
                    offsets.put(image.number(), image.offset());
                    most = Math.max(most, image.number());
                }
            }
            count = most;
        }

        @Override
        int count() {
            return count;
        }

        @Override
        boolean has(long number) {
            return super.has(number)
                    && (offsets.containsKey((int) number)
                            || (base.isPresent() && base.get().has(number)));
        }

        @Override
        void read(int number, byte[] into) throws IOException {
            Long offset = offsets.get(number);
            if (offset == null && base.isPresent()) {
                base.get().read(number, into);
                return;
            }
            int length = 0;
            if (offset != null) {
                in.seek(offset);
                length = in.readNBytes(into, 0, size);
            }
            Arrays.fill(into, length, size, (byte) 0);
        }

        @Override
        long offset(int number) {
            Long offset = offsets.get(number);
            return offset == null ? 0 : offset;
        }

        @Override
        boolean isSearched(int number) {
            return offsets.containsKey(number);
        }
    }
}
