package io.jwtrawl.detect;

import io.jwtrawl.rules.Encoding;
import io.jwtrawl.rules.Needle;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.TokenForm;
import io.jwtrawl.rules.TokenRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Searches windows of bytes for tokens in every form and disguise that the rules describe, in time linear in their
/// length. Used by one thread.
///
/// ```
/// bytes ─▶ needles ─▶ a token begins here ─▶ one automaton of all shapes ─▶ judged ─▶ taken
///             │                                  └─▶ interrupted? read through the gaps ─▶ judged
///             └─▶ an encoding ─▶ decoded ─▶ the same again, one level deeper
/// ```
public final class Detector {

    private static final int ALIGNMENTS = 4;
    private static final int LONGEST_EMPHASIS = 3;

    /// Fewer bytes hold no token, nor an encoding of one: the JSON object of the shortest, with one member of two letters and
    /// nothing in it, takes as many in base64.
    private static final int SHORTEST_TOKEN = 12;

    /// A part of what was decoded so large must be done with before the rest is decoded anew.
    private static final int WORTHWHILE_STEP = 4;

    /// Of the possible ends of a token without a header, so many are tried from the first on, and from the last back.
    private static final int BODY_ENDS = 16;

    /// @param index of a possible end that [Mender] found
    /// @param accepted the rules that accept it
    private record BodyEnd(int index, long accepted) {}

    private final List<TokenRule> rules;
    private final RuleSet ruleSet;
    private final Limits limits;
    private final List<Decoder> decoders;
    private final Needles needles;

    /// The rules whose tokens have no header, rule `i` being bit `i`.
    private final long bodyRules;

    /// By its last byte, what may stand before a token's usual beginning and belong to it.
    private final byte[][][] prefixes = new byte[256][][];

    private final int longestHeader;
    private final int jsonString;

    /// One for each level of decoding, made when it is first needed.
    private final List<Search> searches = new ArrayList<>();

    /// How many bytes encodings may still expand to in this blob.
    private long budget;

    /// How many tokens were taken so far.
    private long taken;

    /// How far before the part of the blob that is searched next the latest token ended.
    private int sinceTaken;

    public Detector(RuleSet ruleSet, Limits limits) {
        this(ruleSet, limits, new Needles(ruleSet, limits));
    }

    private Detector(RuleSet ruleSet, Limits limits, Needles needles) {
        this.needles = needles;
        this.ruleSet = ruleSet;
        this.rules = ruleSet.tokens();
        this.limits = limits;
        List<Encoding> encodings = ruleSet.encodings();
        decoders = new ArrayList<>();
        int string = -1;
        for (Encoding encoding : encodings) {
            string = encoding.kind() == Encoding.Kind.JSON_STRING ? decoders.size() : string;
            decoders.add(Decoders.of(encoding.kind(), ruleSet));
        }
        jsonString = string;
        Arrays.fill(prefixes, new byte[0][]);
        long bodies = 0;
        int longest = 0;
        for (int i = 0; i < rules.size(); i++) {
            TokenRule rule = rules.get(i);
            bodies |= rule.body().isPresent() ? 1L << i : 0;
            if (rule.header().isPresent()) {
                longest = Math.max(longest, rule.header().get().maxLength());
            }
            for (String prefix : rule.prefixes()) {
                add(prefix.getBytes(StandardCharsets.US_ASCII));
            }
        }
        bodyRules = bodies;
        longestHeader = longest;
    }

    private void add(byte[] prefix) {
        int last = prefix[prefix.length - 1];
        for (byte[] known : prefixes[last]) {
            if (Arrays.equals(known, prefix)) {
                return;
            }
        }
        prefixes[last] = Arrays.copyOf(prefixes[last], prefixes[last].length + 1);
        prefixes[last][prefixes[last].length - 1] = prefix;
    }

    /// Another one for the same, for another thread.
    public Detector another() {
        return new Detector(ruleSet, limits, needles);
    }

    /// Takes up another blob.
    public void begin() {
        budget = limits.expandedBytes();
        sinceTaken = Integer.MAX_VALUE;
    }

    /// Searches `bytes[from, to)` of `layer`.
    ///
    /// @param lookFrom the first byte that may be looked at for what stands before a token
    /// @param last whether the input ends at `to`
    /// @param full whether the window cannot be made larger, so that what does not fit is too long
    /// @return the index from which the bytes must be seen again together with those that follow; `to` if none need be
    public int search(
            Layer layer,
            int lookFrom,
            int from,
            int to,
            boolean last,
            boolean full,
            CandidateSink sink) {
        Search search = at(0);
        int keepFrom = search.search(layer, lookFrom, from, to, last, full, sink);
        sinceTaken = keepFrom - search.consumed;
        return keepFrom;
    }

    /// Whether `bytes[from, to)`, a whole blob, has anything in it for which to [#search] it.
    public boolean mayHoldToken(byte[] bytes, int from, int to) {
        Prefilter prefilter = at(0).prefilter;
        prefilter.begin(bytes, from, to);
        return prefilter.next(from);
    }

    /// Whether anything at one place deserves a closer look is told by the bytes that are less than this far from it.
    public int reach() {
        return at(0).prefilter.longest() - 1;
    }

    /// Searches what a part of another layer decodes to, from within a [CandidateSink] that is told about that layer.
    public void searchDecoded(Layer decoded, CandidateSink sink) {
        int depth = decoded.depth();
        if (depth <= limits.depth()) {
            at(depth).search(decoded, 0, 0, decoded.bytes().length, true, true, sink);
        }
    }

    private Search at(int depth) {
        while (searches.size() <= depth) {
            searches.add(new Search(searches.size()));
        }
        return searches.get(depth);
    }

    /// The search on one level of decoding, with the buffers that it needs.
    private final class Search {

        private final int depth;
        private final Prefilter prefilter;
        private @Nullable ShapeReader shapeReader;
        private @Nullable Mender gapMender;
        private final Decoding decoding = new Decoding();

        private Layer layer = Layer.of(new byte[0]);
        private byte[] bytes = {};
        private int lookFrom;
        private int from;
        private int to;
        private boolean last;
        private boolean full;

        @SuppressWarnings("NullAway.Init") // set by search
        private CandidateSink sink;

        /// The latest place that was looked at as the beginning of a token.
        private int latest;

        /// The first dot behind it, and how many other beginnings before that dot were looked at.
        private int headerEnd;

        private int falseStarts;

        /// The end of the latest run of base64 in which a token was looked for.
        private int runEnd;

        /// How far reading through gaps has come, and how often it was tried up to there.
        private int mendedUntil;

        private int mendings;

        /// The end of the latest token that was taken.
        private int consumed;

        /// Where what [Mender] read may end as a token without a header.
        private final List<BodyEnd> bodyEnds = new ArrayList<>();

        /// For each encoding and alignment, up to where it was decoded.
        private final int[] decodedUntil = new int[ALIGNMENTS * ruleSet.encodings().size()];

        /// The encoding that was undone last, or -1, and up to where; [#decoding] has what came out.
        private int decodedLast;

        private int decodedLastUntil;

        Search(int depth) {
            this.depth = depth;
            prefilter = new Prefilter(depth == 0 ? needles.outer() : needles.inner());
        }

        /// Made when the first place is looked at.
        private ShapeReader shapes() {
            if (shapeReader == null) {
                shapeReader = new ShapeReader(ruleSet.detection().shapes(), rules.size());
            }
            return shapeReader;
        }

        private Mender mender() {
            if (gapMender == null) {
                gapMender = new Mender(ruleSet.detection(), ruleSet.encodings());
            }
            return gapMender;
        }

        int search(
                Layer inLayer,
                int mayLookFrom,
                int begin,
                int end,
                boolean isLast,
                boolean isFull,
                CandidateSink into) {
            layer = inLayer;
            bytes = inLayer.bytes();
            lookFrom = mayLookFrom;
            from = begin;
            to = end;
            last = isLast;
            full = isFull;
            sink = into;
            latest = -1;
            headerEnd = -1;
            falseStarts = 0;
            runEnd = 0;
            mendedUntil = 0;
            mendings = 0;
            consumed = depth == 0 ? Math.max(0, from - sinceTaken) : 0;
            Arrays.fill(decodedUntil, 0);
            decodedLast = -1;
            if (shapeReader != null) {
                shapeReader.begin();
            }
            if (gapMender != null) {
                gapMender.reset();
            }
            prefilter.begin(bytes, from, to);
            int position = from;
            while (prefilter.next(position)) {
                int start = prefilter.start();
                Needle needle = prefilter.needle();
                int next =
                        switch (needle.kind()) {
                            case TOKEN -> start == latest ? start : tokenOrPrefixed(start);
                            case PREFIX -> prefix(start);
                            case INNER -> inner(start);
                            case ESCAPED -> escaped(start);
                            case ENCODED -> encoded(start, start - needle.back(), needle.target());
                        };
                if (next < 0) {
                    return ~next;
                }
                position = Math.max(position, next);
            }
            return last ? to : Math.max(position, to - (prefilter.longest() - 1));
        }

        /// Stops the search: everything from `keepFrom` on must be seen again with what follows.
        private int keep(int keepFrom) {
            return ~keepFrom;
        }

        /// Looks at a payload; its header begins where no needle told so.
        private int inner(int dot) {
            int start = dot;
            int floor = Math.max(lookFrom, dot - Decoder.LOOK_BEHIND);
            while (start > floor && TokenBytes.sextet(bytes[start - 1]) >= 0) {
                start--;
            }
            if (start == dot
                    || start <= latest
                    || start < consumed
                    || dot - start >= Decoder.LOOK_BEHIND) {
                return dot;
            }
            int next = token(start, true);
            return next < 0 ? next : Math.max(next, dot);
        }

        /// Looks at what may be a token, with a vendor's prefix before it or without.
        private int tokenOrPrefixed(int start) {
            if (start > lookFrom) {
                for (byte[] prefix : prefixes[bytes[start - 1] & 0xff]) {
                    int begin = start - prefix.length;
                    if (begin >= Math.max(lookFrom, consumed) && stands(prefix, begin)) {
                        int next = prefix(begin);
                        if (next != begin) {
                            return next;
                        }
                    }
                }
            }
            return token(start, true);
        }

        private boolean stands(byte[] prefix, int position) {
            for (int i = prefix.length - 1; i >= 0; i--) {
                if (bytes[position + i] != prefix[i]) {
                    return false;
                }
            }
            return true;
        }

        /// Looks at a vendor's prefix, unless it is the end of some other word.
        private int prefix(int start) {
            return start > lookFrom
                            && Character.isLetterOrDigit(bytes[start])
                            && Character.isLetterOrDigit(bytes[start - 1])
                    ? start
                    : token(start, false);
        }

        /// Looks at what may be a token that begins at `start`.
        ///
        /// @param jose whether it must begin with a JOSE header, rather than a vendor's prefix
        /// @return where to go on, or what [#keep] says
        private int token(int start, boolean jose) {
            if (start <= headerEnd && falseStarts >= limits.falseStarts()) {
                return start;
            }
            latest = start;
            if (jose && !TokenBytes.beginsLikeHeader(bytes, start, to)) {
                return to - start < 12 && !last ? keepOrGoOn(start) : start;
            }
            if (jose && endsUnlikeHeader(start)) {
                return start;
            }
            shapes().read(bytes, start, to);
            boolean open = shapes().stop() == to && !last;
            if (start > headerEnd) {
                headerEnd = indexOfDot(start, shapes().stop());
                falseStarts = 0;
            }
            boolean headerFits = headerEnd - start <= longestHeader;
            if (open && headerFits) {
                return keepOrGiveUp(start);
            }
            if (open && headerEnd == to) {
                // No header is that long: what stands here is other base64, and only its end may
                // begin a token.
                return Math.max(start, to - longestHeader);
            }
            falseStarts++;
            Best best = new Best();
            long left = jose ? shapes().matched() : shapes().matched() & bodyRules;
            for (; left != 0; left &= left - 1) {
                int i = Long.numberOfTrailingZeros(left);
                if (rules.get(i).body().isEmpty() ? headerFits : !goesOn(shapes().end(i))) {
                    best.offer(Candidate.direct(layer, start, shapes().end(i), rules.get(i)));
                }
            }
            if (jose && best.verdict.compareTo(CandidateSink.Verdict.TOKEN) < 0) {
                offerWithoutEmphasis(start, best);
            }
            if (best.verdict.compareTo(CandidateSink.Verdict.TOKEN) < 0) {
                int mended = mended(start, jose, best);
                if (mended != NOTHING) {
                    return mended;
                }
                if (jose && best.verdict.compareTo(CandidateSink.Verdict.MISFIT) < 0) {
                    int json = json(start);
                    if (json != NOTHING) {
                        return json;
                    }
                }
            }
            return best.take(start);
        }

        /// Offers what may stand between underscores (CommonMark, section 6.2) or in a comment `<!--…-->`, which look like
        /// the end of a signature.
        private void offerWithoutEmphasis(int start, Best best) {
            if (start <= lookFrom || (bytes[start - 1] != '_' && bytes[start - 1] != '-')) {
                return;
            }
            byte mark = bytes[start - 1];
            for (long left = shapes().matched() & ~bodyRules; left != 0; left &= left - 1) {
                int i = Long.numberOfTrailingZeros(left);
                int end = shapes().end(i);
                int floor = Math.max(start, end - LONGEST_EMPHASIS);
                while (end > floor && bytes[end - 1] == mark) {
                    end--;
                    best.offer(Candidate.direct(layer, start, end, rules.get(i)));
                }
            }
        }

        /// Whether a dot follows the run of base64 at `start` that is not the end of a JSON object: the cheapest of all
        /// questions, and no to most of what only begins like a token.
        private boolean endsUnlikeHeader(int start) {
            if (start >= runEnd) {
                runEnd = start;
                while (runEnd < to && TokenBytes.sextet(bytes[runEnd]) >= 0) {
                    runEnd++;
                }
            }
            return runEnd < to
                    && bytes[runEnd] == '.'
                    && !TokenBytes.endsLikeHeader(bytes, start, runEnd);
        }

        /// Looks at what may be a token whose characters are written as their numbers.
        private int escaped(int start) {
            Best best = new Best();
            int mended = mended(start, true, best);
            return mended != NOTHING ? mended : best.take(start);
        }

        private static final int NOTHING = Integer.MIN_VALUE;

        /// Looks at a token that something interrupts.
        private int mended(int start, boolean jose, Best best) {
            if (limits.encodings() == Limits.Encodings.NONE) {
                return NOTHING;
            }
            if (start >= mendedUntil) {
                mendings = 0;
            } else if (mendings >= limits.mendings()) {
                return NOTHING;
            }
            mendings++;
            boolean other = false;
            while (true) {
                mender().read(bytes, start, to, last, jose, other, limits.tokenBytes() + 1);
                mendedUntil = Math.max(mendedUntil, mender().stop());
                if (mender().isOpen() && (!full || start > from)) {
                    return keep(start);
                }
                if (mender().ends() > 1
                        && (!jose
                                || TokenBytes.beginsLikeHeader(
                                        mender().text(), mender().begin(), mender().end()))) {
                    judgeMended(start, jose, best);
                    if (best.verdict == CandidateSink.Verdict.READABLE_TOKEN) {
                        return best.take(start);
                    }
                }
                if (other || !mender().isAmbiguous()) {
                    return best.verdict.compareTo(CandidateSink.Verdict.TOKEN) >= 0
                            ? best.take(start)
                            : NOTHING;
                }
                other = true;
            }
        }

        private void judgeMended(int start, boolean jose, Best best) {
            long hopeless = jose ? 0 : ~bodyRules;
            boolean another = false;
            bodyEnds.clear();
            long[] accepts = ruleSet.detection().shapes().accepts();
            for (int i = 0; i < mender().ends(); i++) {
                if (mender().goesOn(i)) {
                    continue;
                }
                long accepted = accepts[mender().endState(i)] & ~hopeless;
                if (!another && (accepted & bodyRules) != 0) {
                    bodyEnds.add(new BodyEnd(i, accepted & bodyRules));
                }
                hopeless |= offerMended(start, i, accepted & ~bodyRules, best);
                another |= mender().end(i) > mender().begin() && beginsAnother(mender().end(i));
            }
            // What is JSON to its end, like these, is it at one end only: likely an early or a late
            // one.
            int count = bodyEnds.size();
            for (int i = 0; i < count; i++) {
                if (i < BODY_ENDS || i >= count - BODY_ENDS) {
                    BodyEnd end = bodyEnds.get(i);
                    offerMended(start, end.index(), end.accepted(), best);
                }
            }
        }

        /// Whether what stands behind a gap begins like a token: it is one of its own then, and not the rest of another that
        /// only its JSON tells from other text.
        private boolean beginsAnother(int position) {
            byte[] text = mender().text();
            return position + 3 <= mender().end()
                    && text[position - 1] != '.' // else it is the next part
                    && text[position] == 'e'
                    && text[position + 1] == 'y'
                    && TokenBytes.beginsLikeHeader(text, position, mender().end());
        }

        /// Offers what ends at a possible end, for each of the rules that accept it.
        ///
        /// @return the rules for which no other end will do either
        private long offerMended(int start, int end, long accepted, Best best) {
            long hopeless = 0;
            if (accepted != 0 && !mender().undoneBefore(end).isEmpty()) { // else looked at before
                for (long left = accepted; left != 0; left &= left - 1) {
                    int rule = Long.numberOfTrailingZeros(left);
                    var candidate =
                            new Candidate(
                                    layer,
                                    start,
                                    mender().endPosition(end),
                                    mender().text(),
                                    mender().begin(),
                                    mender().end(end),
                                    rules.get(rule),
                                    mender().undoneBefore(end));
                    if (best.offer(candidate) == CandidateSink.Verdict.NO_HEADER) {
                        hopeless |= 1L << rule;
                    }
                }
            }
            return hopeless;
        }

        /// Looks at the JSON serialization that a value at `start` may belong to.
        private int json(int start) {
            if (start < consumed || start - 1 < lookFrom || bytes[start - 1] != '"') {
                return NOTHING;
            }
            if (start - 2 >= lookFrom && bytes[start - 2] == '\\') {
                return jsonString < 0 || limits.encodings() == Limits.Encodings.NONE
                        ? NOTHING
                        : encodedOrNothing(start, jsonString);
            }
            boolean more = !last && (!full || start > from);
            int end =
                    sink.json(
                            layer,
                            Math.max(lookFrom, start - Decoder.LOOK_BEHIND),
                            start,
                            to,
                            more);
            if (end == CandidateSink.OPEN) {
                if (more) {
                    return keep(start);
                }
                if (!last) {
                    sink.tooLong(layer, start);
                }
                return NOTHING;
            }
            if (end == CandidateSink.NONE) {
                return NOTHING;
            }
            taken++;
            consumed = end;
            return start; // its other members may have tokens of their own
        }

        private int encodedOrNothing(int start, int encoding) {
            int next = encoded(start, start, encoding);
            return next == start ? NOTHING : next;
        }

        /// Decodes what stands around a needle, and searches what comes out.
        private int encoded(int needle, int begin, int encoding) {
            int slot = encoding * ALIGNMENTS + begin % ALIGNMENTS;
            if (depth == limits.depth()
                    || begin < lookFrom
                    || needle < consumed
                    || needle < decodedUntil[slot]
                    || (encoding == decodedLast
                            && needle < decodedLastUntil
                            && decoding.beginsAnyAt(begin))) {
                return needle;
            }
            decodedLast = -1;
            long takenBefore = taken;
            int forward = limits.decodedAtOnce();
            while (true) {
                int limit = (int) Math.min(to, (long) needle + forward);
                var in = new Decoder.Span(bytes, lookFrom, to, limit, last);
                if (!decoders.get(encoding).decode(in, needle, begin, decoding)) {
                    return needle;
                }
                budget -= decoding.length();
                if (budget < 0) {
                    sink.tooMuch(layer, decoding.start());
                    return to;
                }
                boolean whole = decoding.rest() == Decoding.Rest.NONE;
                if (whole && decoding.length() < SHORTEST_TOKEN) {
                    return needle;
                }
                Layer decoded =
                        Layer.decoded(
                                decoding.bytes(),
                                layer,
                                ruleSet.encodings().get(encoding).id(),
                                decoding.start(),
                                decoding.end(),
                                decoders.get(encoding).unit());
                CandidateSink into = encoding == jsonString ? new SerializationSink(sink) : sink;
                int kept =
                        at(depth + 1).search(decoded, 0, 0, decoding.length(), whole, false, into);
                int resume = whole ? decoding.end() : decoding.origin(kept);
                // A step that is small beside what was decoded for it would be one of very many.
                boolean far = resume - needle >= (limit - needle) / WORTHWHILE_STEP;
                boolean most = forward > limits.tokenBytes() * 8;
                if (whole
                        || (resume > needle
                                && (far || most)
                                && decoding.rest() == Decoding.Rest.AT_HAND)) {
                    decodedUntil[slot] = resume;
                    decodedLast = encoding;
                    decodedLastUntil = resume;
                    if (taken > takenBefore) {
                        // Not all of it: what follows may be something else, with a token in it.
                        consumed = Math.max(consumed, decoding.origin(at(depth + 1).consumed));
                    }
                    return encoding == jsonString ? needle : Math.max(needle, consumed);
                }
                if (decoding.rest() == Decoding.Rest.TO_BE_READ) {
                    // A short text is read again from its beginning, which is its position.
                    boolean again =
                            resume - needle < Decoder.LOOK_BEHIND && (!full || begin > from);
                    int keepFrom = resume > needle && !again ? resume : begin;
                    if (!full || begin > from || far) {
                        return keep(keepFrom);
                    }
                    sink.tooLong(layer, needle);
                    return keep(needle + Math.max(1, (limit - needle) / 2));
                }
                if (most) {
                    sink.tooLong(layer, needle);
                    return limit;
                }
                forward *= 2;
            }
        }

        /// Whether more of the same follows, or a further part, so that what ends here is only the beginning of something
        /// else.
        private boolean goesOn(int end) {
            return end < to
                    && (TokenBytes.isBase64Url(bytes[end])
                            || (bytes[end] == '.'
                                    && end + 1 < to
                                    && (bytes[end + 1] == '.'
                                            || TokenBytes.sextet(bytes[end + 1]) >= 0)));
        }

        private int keepOrGiveUp(int start) {
            if (!full || start > from) {
                return keep(start);
            }
            sink.tooLong(layer, start);
            return to;
        }

        private int keepOrGoOn(int start) {
            return !full || start > from ? keep(start) : start;
        }

        /// The first dot in `bytes[start, end)`, or `end`.
        private int indexOfDot(int start, int end) {
            int position = start;
            while (position < end && bytes[position] != '.') {
                position++;
            }
            return position;
        }

        /// The best reading of what begins at one place.
        private final class Best {
            private CandidateSink.Verdict verdict = CandidateSink.Verdict.NO_HEADER;
            private @Nullable Candidate candidate;

            /// Of two that are as good, the longer one where both are tokens as they stand or have signatures that fit, such
            /// as RSA has of many lengths; else the first.
            CandidateSink.Verdict offer(Candidate other) {
                CandidateSink.Verdict judged = sink.judge(other);
                int order = judged.compareTo(verdict);
                Candidate current = candidate;
                boolean longer =
                        current != null
                                && other.carrierEnd() > current.carrierEnd()
                                && (other.undone().isEmpty()
                                        || (judged.compareTo(CandidateSink.Verdict.FITTING_TOKEN)
                                                        >= 0
                                                && other.length() > current.length())
                                        || other.rule().form() == TokenForm.SD_JWT);
                if (judged.compareTo(CandidateSink.Verdict.PARTIAL) >= 0
                        && (order > 0 || (order == 0 && longer))) {
                    verdict = judged;
                    candidate = other.undone().isEmpty() ? other : other.kept();
                }
                return judged;
            }

            /// Where to go on: behind what was taken, or at `start`.
            int take(int start) {
                Candidate found = candidate;
                if (found == null) {
                    return start;
                }
                sink.take(found);
                taken++;
                if (verdict.compareTo(CandidateSink.Verdict.MISFIT) >= 0) {
                    mendings = 0;
                }
                consumed = Math.max(consumed, found.carrierEnd());
                return found.carrierEnd();
            }
        }
    }
}
