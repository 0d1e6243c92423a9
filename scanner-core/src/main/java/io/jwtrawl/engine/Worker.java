package io.jwtrawl.engine;

import io.jwtrawl.detect.ByteWindow;
import io.jwtrawl.detect.Detector;
import io.jwtrawl.detect.Limits;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Container;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.ExpansionLimits;
import io.jwtrawl.source.FailureText;
import io.jwtrawl.source.MemoryStream;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.source.SeekableStream;
import io.jwtrawl.source.Unpacker;
import io.jwtrawl.token.Redaction;
import io.jwtrawl.token.Sighting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Searches one blob at a time, in one buffer, on one thread.
final class Worker implements BlobSink {

    /// A token in hexadecimal UTF-16 is four times as long as it is.
    private static final int WINDOW_FACTOR = 4;

    /// Less than this is not worth another thread's while.
    private static final int WORTH_SHARING = 4 * 1024 * 1024;

    /// Most files are smaller.
    private static final int ROOM = 256 * 1024;

    private final Detector detector;
    private final ByteWindow window;
    private final TokenCollector collector;
    private final byte[] room = new byte[ROOM];
    private final Containers containers;
    private final PartQueue parts;
    private final Progress progress;

    /// Also told by streams that another thread opened.
    private final List<Incident> incidents = Collections.synchronizedList(new ArrayList<>());

    /// What is being searched.
    private volatile @Nullable Supplier<Provenance> current;

    Worker(
            Detector detector,
            RuleSet rules,
            Limits limits,
            Unpacker unpacker,
            ExpansionLimits expansionLimits,
            PartQueue parts,
            Progress progress) {
        this.detector = detector;
        this.containers = new Containers(unpacker, expansionLimits, this, parts);
        this.window = new ByteWindow(WINDOW_FACTOR * limits.tokenBytes() + 1);
        this.parts = parts;
        this.progress = progress;
        this.collector = new TokenCollector(rules, limits, detector, window, progress, this);
    }

    /// What was seen so far, from any thread.
    List<Sighting> sightings() {
        return collector.sightings();
    }

    /// What could not be read so far, from any thread.
    List<Incident> incidents() {
        return List.copyOf(incidents);
    }

    /// What is being searched, or was not searched to its end when the scan was cancelled; from any thread.
    Optional<Provenance> unfinished() {
        return Optional.ofNullable(current).map(Supplier::get);
    }

    @Override
    public boolean accept(Blob blob) throws InterruptedException {
        int before = collector.count();
        search(blob.provenance(), () -> search(blob));
        return collector.count() > before;
    }

    private interface Search {
        void run() throws IOException, InterruptedException;
    }

    private void search(Provenance where, Search search) throws InterruptedException {
        parts.throwIfCancelled();
        Supplier<Provenance> container = current;
        current = () -> where;
        detector.begin();
        try {
            search.run();
        } catch (IOException e) {
            unreadable(where, e);
        } catch (RuntimeException e) {
            // A defect of ours or of a library must not cost what else the scan would find.
            unreadable(where, e);
        } catch (Error e) {
            incidents.add(new Incident.Unreadable(where, describe(e)));
            current = container;
            throw e;
        }
        current = container;
    }

    /// Asked for where something is logged and nowhere else: making the first logger takes longer than a small scan.
    private static Logger log() {
        return LoggerFactory.getLogger(Worker.class);
    }

    private void search(Blob blob) throws IOException, InterruptedException {
        var whole = new Stretch(blob.provenance(), blob.since());
        // No switch: the first one over patterns costs a tenth of a small scan.
        if (blob.content() instanceof Content.InMemory memory) {
            search(memory, whole);
        } else {
            try (InputStream in = ((Content.Streamed) blob.content()).opener().open()) {
                searchFromStart(in, whole);
            }
        }
        progress.searchedBlob();
    }

    private void search(Content.InMemory memory, Stretch whole) throws InterruptedException {
        byte[] bytes = memory.array();
        int from = memory.start();
        int to = memory.end();
        if (containers.mayOpen(whole.provenance(), bytes, from, to)
                && containers.open(whole, bytes, from, to)) {
            return;
        }
        detector.begin();
        window.show(bytes, from, to);
        collector.begin(whole);
        int before = collector.count();
        window.search(detector, collector);
        if (collector.count() > before) {
            nameParts(before, whole, new MemoryStream(bytes, from, to, true));
        }
        progress.searched((long) to - from);
    }

    /// Searches bytes of a container that lie at `offset` of it and in no member.
    ///
    /// @param whole the container, all of it
    void searchRest(Stretch whole, String part, long offset, byte[] bytes, int from, int to)
            throws InterruptedException {
        int before = collector.count();
        search(
                whole.provenance(),
                () -> {
                    window.begin(offset, false);
                    searchStretch(new MemoryStream(bytes, from, to, true), whole);
                });
        collector.nameAll(before, part);
    }

    /// Tells in which parts of the blob the tokens lie that were seen since there were `before`.
    private void nameParts(int before, Stretch stretch, SeekableStream blob) {
        collector.nameParts(
                before, containers.unpacker().partNames(), nameOf(stretch.provenance()), blob);
    }

    private static String nameOf(Provenance where) {
        if (where instanceof Provenance.Contained contained) {
            return contained instanceof Provenance.Member member
                    ? member.name()
                    : nameOf(contained.container());
        }
        return where.outermost().path();
    }

    /// Opens what `in` gives if it is a container, and searches it if it is none, or as far as it could not be opened.
    private void searchFromStart(InputStream in, Stretch whole)
            throws IOException, InterruptedException {
        window.begin();
        progress.searched(window.fill(in));
        int read = window.filled();
        boolean isSuspect = containers.mayOpen(whole.provenance(), window.bytes(), 0, read, in);
        if (in instanceof SeekableStream seekable) {
            if (isSuspect) {
                byte[] head = Arrays.copyOf(window.bytes(), read);
                seekable.seek(0);
                if (containers.open(
                                new Container(whole.provenance(), head, 0, read, seekable),
                                whole.since())
                        || containers.isSpent()) {
                    return;
                }
                detector.begin();
                window.begin();
            }
            seekable.seek(isSuspect ? 0 : read);
        } else if (isSuspect) {
            byte[] head = Arrays.copyOf(window.bytes(), read);
            var remembering =
                    new RecallStream(new SequenceInputStream(new ByteArrayInputStream(head), in));
            if (!containers.open(
                            new Container(whole.provenance(), head, 0, read, remembering),
                            whole.since())
                    && !containers.isSpent()) {
                detector.begin();
                long forgotten = remembering.forgotten();
                if (forgotten == 0) {
                    window.begin();
                } else {
                    window.begin(forgotten, false);
                }
                search(remembering.recalled(), whole);
            }
            return;
        }
        search(in, whole);
    }

    /// Searches `stretch`, a later one of a large blob.
    private void search(SeekableStream blob, Stretch stretch, boolean hasLines)
            throws InterruptedException {
        search(
                stretch.provenance(),
                () -> {
                    try (SeekableStream in = blob.reopen()) {
                        in.seek(stretch.readFrom());
                        window.begin(stretch.readFrom(), hasLines);
                        search(in, stretch);
                    }
                });
    }

    /// Searches what begins in `stretch`, and hands the second half of it to a thread that idles.
    private void search(InputStream in, Stretch stretch) throws IOException, InterruptedException {
        int before = collector.count();
        searchStretch(in, stretch);
        if (collector.count() > before && in instanceof SeekableStream blob) {
            blob.seek(0);
            nameParts(before, stretch, blob);
        }
    }

    private void searchStretch(InputStream in, Stretch stretch)
            throws IOException, InterruptedException {
        collector.begin(stretch);
        try {
            while (true) {
                progress.searched(window.fill(in));
                int keepFrom = window.search(detector, collector);
                long searched = window.offset(keepFrom);
                stretch.passing(window);
                if (window.isLast() || stretch.isBefore(searched)) {
                    return;
                }
                parts.throwIfCancelled();
                window.advance(keepFrom);
                if (in instanceof SeekableStream holed && window.isEmpty()) {
                    leap(holed, stretch);
                }
                if (searched >= stretch.from() + WORTH_SHARING
                        && parts.isWanted()
                        && in instanceof SeekableStream whole
                        && !whole.isLent()) {
                    // Borders are told as they pass, so none may lie before what was leapt to.
                    share(whole, stretch, Math.max(searched, window.next()));
                }
            }
        } finally {
            window.trim();
        }
    }

    /// Goes on behind a hole in a sparse file.
    private void leap(SeekableStream in, Stretch stretch) throws IOException {
        long next = window.next();
        long data = Math.min(in.dataFrom(next), Math.max(next, stretch.nextBorder(next)));
        if (data > next) {
            progress.searched(data - next);
            window.leap(data - next);
        }
        in.seek(data);
    }

    private void share(SeekableStream whole, Stretch stretch, long searched) throws IOException {
        long middle = searched + (Math.min(stretch.until(), whole.size()) - searched) / 2;
        if (middle - searched < WORTH_SHARING) {
            return;
        }
        boolean hasLines = window.hasLines();
        Stretch second = stretch.split(middle);
        if (!parts.offer(worker -> worker.search(whole, second, hasLines))) {
            stretch.join(second);
        }
    }

    @Override
    public boolean mayHoldToken(byte[] bytes, int from, int to) throws InterruptedException {
        parts.throwIfCancelled();
        if (detector.mayHoldToken(bytes, from, to) || containers.mayOpen(bytes, from, to)) {
            return true;
        }
        progress.searched((long) to - from);
        progress.searchedBlob();
        return false;
    }

    /// Counts bytes of a container that hold nothing.
    void passPart(long bytes) throws InterruptedException {
        parts.throwIfCancelled();
        progress.searched(bytes);
    }

    @Override
    public boolean acceptSmall(Supplier<Provenance> place, SmallReader reader)
            throws InterruptedException {
        current = place;
        boolean read = true;
        try {
            int length = reader.readInto(room);
            read = length >= 0;
            if (read && mayHoldToken(room, 0, length)) {
                accept(new Blob(place.get(), new Content.InMemory(room, 0, length)));
            }
        } catch (RuntimeException e) {
            unreadable(place.get(), e);
        }
        current = null;
        return read;
    }

    @Override
    public boolean partMayHoldToken(byte[] bytes, int from, int to) {
        return detector.mayHoldToken(bytes, from, to);
    }

    @Override
    public boolean mayBeContainer(byte[] bytes, int from, int to) {
        return containers.mayOpen(bytes, from, to);
    }

    /// Unpacks a part of a container that another thread opened.
    void help(Opening.Share share) throws InterruptedException {
        containers.help(share);
    }

    @Override
    public int reach() {
        return detector.reach();
    }

    @Override
    public void pass(long bytes) throws InterruptedException {
        parts.throwIfCancelled();
        progress.searched(bytes);
        progress.searchedBlob();
    }

    @Override
    public void fork(Crawler part) throws InterruptedException {
        parts.throwIfCancelled();
        if (!parts.offer(part::crawl)) {
            part.crawl(this);
        }
    }

    @Override
    public void expect(long blobs) {
        progress.expect(blobs);
    }

    @Override
    public void unreadable(Provenance where, Exception cause) {
        if (!(cause instanceof IOException)) {
            log().debug("cannot search {}", where.display(), cause);
        }
        incidents.add(new Incident.Unreadable(where, describe(cause)));
    }

    @Override
    public void skipped(Provenance where, String limit) {
        incidents.add(new Incident.Skipped(where, limit));
    }

    private static String describe(Throwable cause) {
        return cause instanceof NoSuchFileException
                ? "vanished while scanning"
                : Redaction.redact(FailureText.of(cause));
    }
}
