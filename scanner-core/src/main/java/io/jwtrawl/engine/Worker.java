package io.jwtrawl.engine;

import io.jwtrawl.detect.ByteWindow;
import io.jwtrawl.detect.Candidate;
import io.jwtrawl.detect.CandidateSink;
import io.jwtrawl.detect.Detector;
import io.jwtrawl.detect.Layer;
import io.jwtrawl.detect.Limits;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.ByteRange;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.FailureText;
import io.jwtrawl.source.Position;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.source.SeekableStream;
import io.jwtrawl.token.JsonSerialization;
import io.jwtrawl.token.Redaction;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.Token;
import io.jwtrawl.token.TokenId;
import io.jwtrawl.token.TokenReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Searches one blob at a time, in one buffer, on one thread.
final class Worker implements BlobSink {

    /// A token in hexadecimal UTF-16 is four times as long as it is.
    private static final int WINDOW_FACTOR = 4;

    /// Whoever searches a part of a blob looks at so much of what stands around it, for what crosses its borders.
    private static final int LOOK_AROUND = 64 * 1024;

    /// Less than this is not worth another thread's while.
    private static final int WORTH_SHARING = 4 * 1024 * 1024;

    /// How a place inside a token's payload is called.
    private static final String NESTED = "jws";

    /// So far from the beginning a NUL tells that a file is no text.
    private static final int TEXT_HEAD = 8000;

    /// Most files are smaller.
    private static final int ROOM = 256 * 1024;

    private static final byte[] NOTHING = {};

    private final Detector detector;
    private final TokenReader reader;
    private final JsonSerialization jsonSerialization;
    private final ByteWindow window;
    private final byte[] room = new byte[ROOM];
    private final Limits limits;
    private final PartQueue parts;
    private final Progress progress;

    /// Synchronized, like the incidents: whoever gives up waiting for this worker takes a copy while it works.
    private final List<Sighting> sightings = Collections.synchronizedList(new ArrayList<>());

    /// A token that many versions of a file hold is kept once.
    private final Map<TokenId, Token> tokens = new HashMap<>();

    /// Also told by streams that another thread opened.
    private final List<Incident> incidents = Collections.synchronizedList(new ArrayList<>());

    /// What is being searched.
    private volatile @Nullable Provenance current;

    Worker(Detector detector, RuleSet rules, Limits limits, PartQueue parts, Progress progress) {
        this.detector = detector;
        this.limits = limits;
        this.window = new ByteWindow(WINDOW_FACTOR * limits.tokenBytes() + 1);
        this.reader = new TokenReader(rules.algorithms());
        this.jsonSerialization = new JsonSerialization(reader, rules.tokens());
        this.parts = parts;
        this.progress = progress;
    }

    /// What was seen so far, from any thread.
    List<Sighting> sightings() {
        return List.copyOf(sightings);
    }

    /// What could not be read so far, from any thread.
    List<Incident> incidents() {
        return List.copyOf(incidents);
    }

    /// What is being searched, or was not searched to its end when the scan was cancelled; from any thread.
    Optional<Provenance> unfinished() {
        return Optional.ofNullable(current);
    }

    @Override
    public void accept(Blob blob) throws InterruptedException {
        parts.throwIfCancelled();
        current = blob.provenance();
        detector.begin();
        try {
            search(blob);
        } catch (IOException e) {
            unreadable(blob.provenance(), e);
        } catch (RuntimeException e) {
            // A defect of ours or of a library must not cost what else the scan would find.
            unreadable(blob.provenance(), e);
        } catch (Error e) {
            incidents.add(new Incident.Unreadable(blob.provenance(), describe(e)));
            current = null;
            throw e;
        }
        current = null;
    }

    /// Asked for where something is logged and nowhere else: making the first logger takes longer than a small scan.
    private static Logger log() {
        return LoggerFactory.getLogger(Worker.class);
    }

    private void search(Blob blob) throws IOException, InterruptedException {
        // No switch: the first one over patterns costs a tenth of a small scan.
        if (blob.content() instanceof Content.InMemory memory) {
            window.show(memory.array(), memory.start(), memory.end());
            var seen = new Seen(blob.provenance(), 0, Long.MAX_VALUE);
            seen.begins(memory.array(), memory.start(), memory.end());
            window.search(detector, seen);
            progress.searched((long) memory.end() - memory.start());
        } else if (blob.content() instanceof Content.Segment segment) {
            try (SeekableStream in = segment.whole().reopen()) {
                var seen = new Seen(blob.provenance(), segment.from(), segment.to());
                seen.text = segment.text();
                stream(in, seen);
            }
            return; // its blob counts where it begins
        } else {
            try (InputStream in = ((Content.Streamed) blob.content()).opener().open()) {
                stream(in, new Seen(blob.provenance(), 0, Long.MAX_VALUE));
            }
        }
        progress.searchedBlob();
    }

    /// Searches what begins in `[seen.from, seen.until)`, and hands the second half of it to a thread that idles.
    private void stream(InputStream in, Seen seen) throws IOException, InterruptedException {
        boolean seekable = in instanceof SeekableStream;
        long passed = Math.max(0, seen.from - LOOK_AROUND);
        if (passed > 0) {
            ((SeekableStream) in).seek(passed);
        }
        window.begin(!seekable, passed);
        boolean begins = seen.from == 0;
        try {
            while (true) {
                int read = window.fill(in);
                progress.searched(read);
                if (begins) {
                    seen.begins(window.bytes(), 0, read);
                    begins = false;
                }
                int keepFrom = window.search(detector, seen);
                long searched = window.offset(keepFrom);
                if (window.isLast() || searched - LOOK_AROUND >= seen.until) {
                    if (in instanceof SeekableStream again && seen.lacksLines()) {
                        again.seek(0);
                        seen.locate(in);
                    }
                    return;
                }
                parts.throwIfCancelled();
                seen.isText(); // asked while the beginning is still there
                window.advance(keepFrom);
                if (searched >= seen.from + WORTH_SHARING
                        && parts.isWanted()
                        && in instanceof SeekableStream whole) {
                    share(whole, seen, searched);
                }
            }
        } finally {
            window.trim();
        }
    }

    private void share(SeekableStream whole, Seen seen, long searched) throws IOException {
        long middle = searched + (Math.min(seen.until, whole.size()) - searched) / 2;
        var second =
                new Blob(
                        seen.provenance,
                        new Content.Segment(whole, middle, seen.until, seen.isText()));
        if (middle - searched >= WORTH_SHARING && parts.offer(part -> part.accept(second))) {
            seen.until = middle;
        }
    }

    @Override
    public boolean mayHoldToken(byte[] bytes, int from, int to) throws InterruptedException {
        parts.throwIfCancelled();
        if (detector.mayHoldToken(bytes, from, to)) {
            return true;
        }
        progress.searched((long) to - from);
        progress.searchedBlob();
        return false;
    }

    @Override
    public byte[] room() {
        return room;
    }

    @Override
    public void fork(Crawler part) throws InterruptedException {
        parts.throwIfCancelled();
        if (!parts.offer(part)) {
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

    /// Decodes what the detector sees in one blob.
    private final class Seen implements CandidateSink {
        private final Provenance provenance;

        /// What begins before or behind is told by another thread.
        private final long from;

        private long until;

        /// For each token that was seen here, which of the sightings it is.
        private final Map<TokenId, Integer> here = new HashMap<>();

        /// The sightings of which only the offset is known so far.
        private final Set<Integer> unlocated = new TreeSet<>();

        private boolean tooMuch;
        private long latestTooLong = -1;

        /// Where the blob's beginning stands, until it is known whether that is text.
        private byte[] head = NOTHING;

        private int headStart;
        private int headEnd;
        private boolean text;

        Seen(Provenance provenance, long from, long until) {
            this.provenance = provenance;
            this.from = from;
            this.until = until;
        }

        void begins(byte[] array, int start, int end) {
            head = array;
            headStart = start;
            headEnd = Math.min(end, start + TEXT_HEAD);
            text = true;
        }

        /// Whether the blob has lines, told as Git does: by there being no NUL near its beginning.
        boolean isText() {
            for (int i = headStart; i < headEnd && text; i++) {
                text = head[i] != 0;
            }
            head = NOTHING;
            headEnd = headStart;
            return text;
        }

        @Override
        public Verdict judge(Candidate candidate) {
            Verdict verdict = reader.judge(candidate);
            if (candidate.length() <= limits.tokenBytes()) {
                return verdict;
            }
            if (verdict.compareTo(Verdict.MISFIT) >= 0) {
                tooLong(candidate.layer(), candidate.carrierStart());
            }
            return Verdict.NOT_A_TOKEN;
        }

        @Override
        public void take(Candidate candidate) {
            Token token = reader.read(candidate);
            see(
                    token,
                    candidate.layer(),
                    candidate.carrierStart(),
                    candidate.carrierEnd(),
                    candidate.undone());
            token.nested()
                    .ifPresent(payload ->
                            detector.searchDecoded(
                                    Layer.decoded(
                                            payload,
                                            candidate.layer(),
                                            NESTED,
                                            candidate.carrierStart(),
                                            candidate.carrierEnd()),
                                    this));
        }

        @Override
        public int json(Layer layer, int from, int start, int to) {
            JsonSerialization.Found found = jsonSerialization.find(layer.bytes(), from, start, to);
            found.token()
                    .ifPresent(token -> see(token, layer, found.start(), found.end(), List.of()));
            return found.end();
        }

        /// The first place of a token in a blob stands for all of them there, but a plain one is worth more than a
        /// disguised one.
        private void see(Token found, Layer layer, int start, int end, List<String> undone) {
            if (isOthers(offsetOf(layer, start))) {
                return;
            }
            Token token = tokens.computeIfAbsent(found.id(), _ -> found);
            Provenance place = provenanceOf(layer);
            for (String encoding : undone) {
                place = new Provenance.Decoded(place, encoding, range(layer, start, end));
            }
            Integer before = here.get(token.id());
            int index = before == null ? sightings.size() : before;
            if (before != null && place.depth() >= sightings.get(index).provenance().depth()) {
                return;
            }
            int carrier = indexInWindow(layer, start);
            Position position;
            if (!isText()) {
                position = Position.withoutLines(window.offset(carrier));
            } else if (window.knowsLines()) {
                position = window.position(carrier);
                unlocated.remove(index);
            } else {
                position = Position.withoutLines(window.offset(carrier));
                unlocated.add(index);
            }
            var sighting = new Sighting(token, place, position, Optional.empty());
            if (before == null) {
                here.put(token.id(), index);
                sightings.add(sighting);
                progress.sighted();
            } else {
                sightings.set(index, sighting);
            }
        }

        private boolean isOthers(long offset) {
            return offset < from || offset >= until;
        }

        boolean lacksLines() {
            return !unlocated.isEmpty();
        }

        /// Tells the lines that are not known yet, from the blob read again.
        void locate(InputStream again) throws IOException {
            List<Integer> indexes =
                    unlocated.stream()
                            .sorted(
                                    Comparator.comparingLong(
                                            index -> sightings.get(index).position().offset()))
                            .toList();
            List<Position> positions =
                    window.locate(
                            again,
                            indexes.stream()
                                    .mapToLong(index -> sightings.get(index).position().offset())
                                    .toArray());
            for (int i = 0; i < indexes.size(); i++) {
                Sighting sighting = sightings.get(indexes.get(i));
                sightings.set(
                        indexes.get(i),
                        new Sighting(
                                sighting.token(),
                                sighting.provenance(),
                                positions.get(i),
                                sighting.since()));
            }
        }

        private Provenance provenanceOf(Layer layer) {
            return layer.carrier()
                    .<Provenance>map(carrier ->
                            new Provenance.Decoded(
                                    provenanceOf(carrier.layer()),
                                    carrier.encoding(),
                                    range(carrier.layer(), carrier.start(), carrier.end())))
                    .orElse(provenance);
        }

        /// Where in the window the outermost carrier of what is at `index` of `layer` begins.
        private int indexInWindow(Layer layer, int index) {
            return layer.carrier()
                    .map(carrier -> indexInWindow(carrier.layer(), carrier.start()))
                    .orElse(index);
        }

        private long offsetOf(Layer layer, int index) {
            return window.offset(indexInWindow(layer, index));
        }

        /// `[start, end)` of `layer`, counted from the start of the blob or of what was decoded.
        private ByteRange range(Layer layer, int start, int end) {
            long shift = layer.carrier().isEmpty() ? window.offset(0) : 0;
            return new ByteRange(shift + start, shift + Math.max(end, start + 1));
        }

        @Override
        public void tooLong(Layer layer, int start) {
            long offset = offsetOf(layer, start);
            if (offset == latestTooLong || isOthers(offset)) {
                return;
            }
            latestTooLong = offset;
            skipped(
                    provenance,
                    "what begins like a token at byte "
                            + offset
                            + " is longer than "
                            + limits.tokenBytes()
                            + " bytes");
        }

        @Override
        public void tooMuch(Layer layer, int start) {
            if (!tooMuch && !isOthers(offsetOf(layer, start))) {
                tooMuch = true;
                skipped(
                        provenance,
                        "decodes to more than "
                                + limits.expandedBytes()
                                + " bytes, from byte "
                                + offsetOf(layer, start)
                                + " on");
            }
        }
    }
}
