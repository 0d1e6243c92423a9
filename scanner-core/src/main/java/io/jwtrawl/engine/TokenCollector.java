package io.jwtrawl.engine;

import io.jwtrawl.detect.ByteWindow;
import io.jwtrawl.detect.Candidate;
import io.jwtrawl.detect.CandidateSink;
import io.jwtrawl.detect.Detector;
import io.jwtrawl.detect.Layer;
import io.jwtrawl.detect.Limits;
import io.jwtrawl.rules.NeighbourCatalogue;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.StorageContext;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.ByteRange;
import io.jwtrawl.source.Message;
import io.jwtrawl.source.Part;
import io.jwtrawl.source.PartNames;
import io.jwtrawl.source.PathText;
import io.jwtrawl.source.Position;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.source.SeekableStream;
import io.jwtrawl.token.JsonSerialization;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.Token;
import io.jwtrawl.token.TokenId;
import io.jwtrawl.token.TokenReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/// Decodes what the detector sees, in one blob after the other, and keeps it with its places.
final class TokenCollector implements CandidateSink {

    /// How a place inside a token's payload is called.
    private static final String NESTED = "jws";

    private static final String IN_HEADER_OF_JWE = "jwe";

    private final RuleSet rules;
    private final TokenReader reader;
    private final JsonSerialization jsonSerialization;
    private final Limits limits;
    private final Detector detector;
    private final ByteWindow window;
    private final Progress progress;
    private final BlobSink incidents;

    /// @param stretch in which `sighting` has its position
    private record Counted(Sighting sighting, Stretch stretch) {

        Sighting inBlob() {
            return sighting.at(stretch.inBlob(sighting.position()));
        }
    }

    /// Synchronized: whoever gives up waiting for this thread takes a copy while it works.
    private final List<Counted> sightings = Collections.synchronizedList(new ArrayList<>());

    /// A token that many versions of a file hold is kept once.
    private final Map<TokenId, Token> tokens = new HashMap<>();

    private Stretch stretch = new Stretch(new Provenance.StandardInput(), Optional.empty());

    /// For each token that was seen in the stretch, which of the sightings it is.
    private final Map<TokenId, Integer> here = new HashMap<>();

    private boolean tooMuch;
    private long latestTooLong = -1;

    TokenCollector(
            RuleSet rules,
            Limits limits,
            Detector detector,
            ByteWindow window,
            Progress progress,
            BlobSink incidents) {
        this.rules = rules;
        reader = new TokenReader(rules.algorithms());
        jsonSerialization = new JsonSerialization(reader, rules.tokens());
        this.limits = limits;
        this.detector = detector;
        this.window = window;
        this.progress = progress;
        this.incidents = incidents;
    }

    /// Goes on with what the window shows now.
    void begin(Stretch next) {
        stretch = next;
        here.clear();
        tooMuch = false;
        latestTooLong = -1;
    }

    /// What was seen so far, from any thread.
    List<Sighting> sightings() {
        List<Sighting> seen = new ArrayList<>();
        for (Counted sighting : List.copyOf(sightings)) {
            seen.add(sighting.inBlob());
        }
        return seen;
    }

    /// How many tokens were seen so far.
    int count() {
        return sightings.size();
    }

    /// Names the parts of the blob in which the sightings from the one numbered `first` on lie, all of them in this blob.
    ///
    /// @param name of the blob
    void nameParts(int first, PartNames names, String name, SeekableStream whole) {
        long[] offsets = new long[sightings.size() - first];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = sightings.get(first + i).sighting().position().offset();
        }
        Arrays.sort(offsets);
        Map<Long, Part> parts;
        try {
            parts = names.at(offsets, name, whole);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            LoggerFactory.getLogger(TokenCollector.class)
                    .debug("cannot name the parts of {}", stretch.provenance().display(), e);
            return; // the tokens and their offsets are known all the same
        }
        for (int i = first; i < sightings.size(); i++) {
            Part part = parts.get(sightings.get(i).sighting().position().offset());
            if (part != null) {
                if (!part.name().isEmpty()) {
                    name(i, part.name());
                }
                part.message().ifPresent(placeIn(i));
            }
        }
    }

    /// Calls the part in which the sightings from the one numbered `first` on lie by one name.
    void nameAll(int first, String part) {
        for (int i = first; i < sightings.size(); i++) {
            name(i, part);
        }
    }

    private Consumer<Message> placeIn(int index) {
        return message -> {
            Counted counted = sightings.get(index);
            sightings.set(index, new Counted(counted.sighting().in(message), counted.stretch()));
        };
    }

    private void name(int index, String part) {
        Counted counted = sightings.get(index);
        sightings.set(
                index,
                new Counted(counted.sighting().in(PathText.escape(part)), counted.stretch()));
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
        searchInside(token, candidate.layer(), candidate.carrierStart(), candidate.carrierEnd());
    }

    private void searchInside(Token token, Layer layer, int start, int end) {
        String step = token instanceof Token.Encrypted ? IN_HEADER_OF_JWE : NESTED;
        for (byte[] part : token.nested()) {
            detector.searchDecoded(Layer.decoded(part, layer, step, start, end), this);
        }
    }

    @Override
    public int json(Layer layer, int from, int start, int to, boolean more) {
        JsonSerialization.Found found = jsonSerialization.find(layer, from, start, to, more);
        found.token()
                .ifPresent(token -> {
                    see(token, layer, found.start(), found.end(), List.of());
                    searchInside(token, layer, found.start(), found.end());
                });
        return found.end();
    }

    /// The first place of a token in a blob stands for all of them there, but a plain one is worth more than a
    /// disguised one.
    private void see(Token found, Layer layer, int start, int end, List<String> undone) {
        if (isOthers(offsetOf(layer, start))) {
            return;
        }
        Token known = tokens.computeIfAbsent(found.id(), _ -> found);
        // The same token may stand in another form elsewhere, whichever is seen first.
        Token token = known.rule().id().equals(found.rule().id()) ? known : found;
        Provenance place = provenanceOf(layer);
        for (String encoding : undone) {
            place = new Provenance.Decoded(place, encoding, range(layer, start, end));
        }
        Integer before = here.get(token.id());
        int index = before == null ? sightings.size() : before;
        if (before != null
                && place.depth() >= sightings.get(index).sighting().provenance().depth()) {
            return;
        }
        int carrier = indexInWindow(layer, start);
        Position position = window.position(carrier);
        var counted =
                new Counted(
                        new Sighting(
                                token,
                                place,
                                position,
                                Optional.empty(),
                                stretch.since(),
                                signsBefore(carrier),
                                Remarks.on(
                                        window.bytes(),
                                        window.lookBack(carrier, Remarks.REACH),
                                        carrier,
                                        window.lookAhead(carrier, Remarks.REACH))),
                        stretch);
        if (before == null) {
            here.put(token.id(), index);
            sightings.add(counted);
            progress.sighted();
        } else {
            sightings.set(index, counted);
        }
    }

    /// What kinds of place the bytes before `index` of the window tell of.
    private Set<StorageContext> signsBefore(int index) {
        int begin = window.lookBack(index, NeighbourCatalogue.LOOKED_AT);
        return rules.neighbours()
                .signsIn(
                        new String(
                                window.bytes(), begin, index - begin, StandardCharsets.ISO_8859_1));
    }

    private boolean isOthers(long offset) {
        return !stretch.holds(offset);
    }

    private Provenance provenanceOf(Layer layer) {
        return layer.carrier()
                .<Provenance>map(carrier ->
                        new Provenance.Decoded(
                                provenanceOf(carrier.layer()),
                                carrier.encoding(),
                                range(carrier.layer(), carrier.start(), carrier.end())))
                .orElseGet(stretch::provenance);
    }

    /// Where in the window what is at `index` of `layer` begins, or its outermost carrier does.
    private int indexInWindow(Layer layer, int index) {
        return layer.carrier()
                .map(carrier -> indexInWindow(carrier.layer(), carrier.position(index)))
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
        incidents.skipped(
                stretch.provenance(),
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
            incidents.skipped(
                    stretch.provenance(),
                    "decodes to more than "
                            + limits.expandedBytes()
                            + " bytes, from byte "
                            + offsetOf(layer, start)
                            + " on");
        }
    }
}
