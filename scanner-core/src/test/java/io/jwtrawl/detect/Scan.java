package io.jwtrawl.detect;

import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.TokenForm;
import io.jwtrawl.source.Position;
import io.jwtrawl.token.JsonSerialization;
import io.jwtrawl.token.Token;
import io.jwtrawl.token.TokenReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// One search of bytes, whole or cut into windows, and what the engine would report of it: of each token the first place,
/// a plain one rather than a disguised one.
final class Scan implements CandidateSink {

    private static final RuleSet RULES = RuleSet.builtIn();
    private static final int MIB = 1024 * 1024;

    /// A token, and where it was seen first.
    ///
    /// @param encoding what was undone, outermost first
    record Seen(
            String id, TokenForm form, boolean partial, List<String> encoding, Position position) {}

    private final ByteWindow window;
    private final Detector detector;
    private final TokenReader reader = new TokenReader(RULES.algorithms());
    private final JsonSerialization json = new JsonSerialization(reader, RULES.tokens());
    private final Map<String, Seen> seen = new LinkedHashMap<>();
    private int skipped;

    private Scan(ByteWindow window, Limits limits) {
        this.window = window;
        detector = new Detector(RULES, limits);
        detector.begin();
    }

    static Limits limits(Limits.Encodings encodings) {
        return new Limits(MIB, Limits.DEFAULT.depth(), Limits.DEFAULT.expandedBytes(), encodings);
    }

    /// What a search of all bytes at once sees.
    static List<Seen> whole(byte[] bytes, Limits limits) {
        return cut(bytes, bytes.length + 1, new Random(0), limits);
    }

    /// What a search sees that gets the bytes in windows, of `capacity` bytes at first, from a stream that gives
    /// as few at a time as `random` says.
    static List<Seen> cut(byte[] bytes, int capacity, Random random, Limits limits) {
        var scan = new Scan(new ByteWindow(MIB, capacity), limits);
        InputStream in = new ShortReads(bytes, random);
        scan.window.begin(0, true); // also where there are NULs
        try {
            while (true) {
                scan.window.fill(in);
                int keepFrom = scan.window.search(scan.detector, scan);
                if (scan.window.isLast()) {
                    return scan.result();
                }
                scan.window.advance(keepFrom);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Seen> result() {
        if (skipped > 0) {
            throw new AssertionError("gave up in " + skipped + " places");
        }
        return List.copyOf(seen.values());
    }

    /// A stream that seldom gives all that is asked for.
    private static final class ShortReads extends ByteArrayInputStream {
        private final Random random;

        ShortReads(byte[] bytes, Random random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, length == 0 ? 0 : 1 + random.nextInt(length));
        }
    }

    @Override
    public Verdict judge(Candidate candidate) {
        return reader.judge(candidate);
    }

    @Override
    public void take(Candidate candidate) {
        Token token = reader.read(candidate);
        see(token, candidate.layer(), candidate.carrierStart(), candidate.undone());
        searchInside(token, candidate.layer(), candidate.carrierStart(), candidate.carrierEnd());
    }

    private void searchInside(Token token, Layer layer, int start, int end) {
        String step = token instanceof Token.Encrypted ? "jwe" : "jws";
        for (byte[] part : token.nested()) {
            detector.searchDecoded(Layer.decoded(part, layer, step, start, end), this);
        }
    }

    @Override
    public int json(Layer layer, int from, int start, int to, boolean more) {
        JsonSerialization.Found found = json.find(layer, from, start, to, more);
        found.token()
                .ifPresent(token -> {
                    see(token, layer, found.start(), List.of());
                    searchInside(token, layer, found.start(), found.end());
                });
        return found.end();
    }

    private void see(Token token, Layer layer, int start, List<String> undone) {
        List<String> encoding = new ArrayList<>(undone);
        int index = start;
        Layer carrier = layer;
        while (carrier.carrier().isPresent()) {
            Layer.Carrier outer = carrier.carrier().get();
            encoding.addFirst(outer.encoding());
            index = outer.position(index);
            carrier = outer.layer();
        }
        String id = token.id().hex();
        Seen before = seen.get(id);
        if (before == null || encoding.size() < before.encoding().size()) {
            seen.put(
                    id,
                    new Seen(
                            id,
                            token.form(),
                            token.isPartial(),
                            List.copyOf(encoding),
                            window.position(index)));
        }
    }

    @Override
    public void tooLong(Layer layer, int start) {
        skipped++;
    }

    @Override
    public void tooMuch(Layer layer, int start) {
        skipped++;
    }
}
