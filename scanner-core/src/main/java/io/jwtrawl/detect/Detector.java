package io.jwtrawl.detect;

import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.ShapeAutomaton;
import io.jwtrawl.rules.TokenRule;
import java.util.Arrays;
import java.util.List;

/// Searches windows of bytes for token shapes, in time linear in their length. Used by one thread.
///
/// From each anchor that the [Prefilter] finds, the automaton of all rules reads on until no rule can match. Anchors
/// inside one run of token characters would each read the same bytes again; they soon are in the state that the first
/// reading was in at the same place, and then share its outcome.
public final class Detector {

    /// So many wrong beginnings inside one header are looked at; each may cost the decoding of all that follows.
    private static final int MAX_FALSE_STARTS = 16;

    private final Prefilter prefilter;
    private final ShapeAutomaton automaton;
    private final List<TokenRule> rules;
    private final int longestHeader;
    private final Run run;

    /// The latest reading that was not cut short, for later anchors to join.
    private final Run joined;

    public Detector(RuleSet ruleSet) {
        rules = ruleSet.tokens();
        prefilter = Prefilter.of(rules.stream().map(TokenRule::anchor).toList());
        automaton = ruleSet.shapes();
        longestHeader = rules.stream().mapToInt(rule -> rule.header().maxLength()).max().orElse(0);
        run = new Run(rules.size());
        joined = new Run(rules.size());
    }

    /// Searches `bytes[from, to)`.
    ///
    /// @param last whether the input ends at `to`
    /// @param full whether the window cannot be made larger, so that what does not fit is too long
    /// @return the index from which the bytes must be seen again together with those that follow; `to` if none need be
    public int search(
            byte[] bytes, int from, int to, boolean last, boolean full, CandidateSink sink) {
        joined.clear();
        int position = from;
        int headerEnd = -1;
        int falseStarts = 0;
        while (true) {
            int start = prefilter.next(bytes, position, to);
            if (start < 0) {
                return last ? to : Math.max(position, to - (prefilter.longestAnchor() - 1));
            }
            read(bytes, start, to);
            boolean open = run.stop == to && !last;
            if (start > headerEnd) {
                headerEnd = indexOfDot(bytes, start, run.stop);
                falseStarts = 0;
            }
            boolean headerFits = headerEnd - start <= longestHeader;
            if (open && headerFits) {
                if (!full || start > from) {
                    return start;
                }
                sink.tooLong(start);
                return to;
            }
            if (open && headerEnd == to) {
                // No header is that long: what stands here is other base64, and only its end may
                // begin a token.
                position = Math.max(start + 1, to - longestHeader);
                continue;
            }
            int end = -1;
            if (headerFits && headerEnd < run.stop && falseStarts < MAX_FALSE_STARTS) {
                end = offer(start, headerEnd, sink);
                falseStarts++;
            }
            position = end >= 0 ? end : start + 1;
        }
    }

    /// Offers what the automaton found to `sink`, rule by rule; the end of what was accepted, or -1.
    private int offer(int start, int headerEnd, CandidateSink sink) {
        for (int i = 0; i < rules.size(); i++) {
            TokenRule rule = rules.get(i);
            if (run.ends[i] >= 0
                    && headerEnd - start <= rule.header().maxLength()
                    && sink.accept(start, run.ends[i], rule)) {
                return run.ends[i];
            }
        }
        return -1;
    }

    /// Fills [#run] with what the automaton finds from `start` on.
    private void read(byte[] bytes, int start, int to) {
        run.clear();
        int columns = automaton.columns();
        int[] table = automaton.table();
        byte[] classes = automaton.classes();
        long[] accepts = automaton.accepts();
        int state = ShapeAutomaton.START;
        int since = start;
        int loop = 0;
        int position = start;
        for (; position < to; position++) {
            while (loop < joined.loops && position >= joined.loopEnd[loop]) {
                loop++;
            }
            if (loop < joined.loops
                    && position >= joined.loopStart[loop]
                    && state == joined.loopState[loop]) {
                run.join(joined, position);
                return;
            }
            int next = table[state * columns + classes[bytes[position] & 0xff]];
            if (next != state) {
                run.leave(state, since, position, accepts[state]);
                if (next == ShapeAutomaton.DEAD) {
                    break;
                }
                state = next;
                since = position + 1;
            }
        }
        if (position == to) {
            run.leave(state, since, position, accepts[state]);
        }
        run.stop = position;
        joined.set(run);
    }

    /// The first dot in `bytes[from, to)`, or `to`.
    private static int indexOfDot(byte[] bytes, int from, int to) {
        int position = from;
        while (position < to && bytes[position] != '.') {
            position++;
        }
        return position;
    }

    /// What one reading found: for each rule the end of its longest match, and where no rule could match any more.
    private static final class Run {
        private static final int MAX_LOOPS = 16;
        private static final int MIN_LOOP = 32;

        final int[] ends;
        int stop;

        /// Stretches of positions before each of which the automaton was in one state: the parts of a token.
        int loops;

        final int[] loopState = new int[MAX_LOOPS];
        final int[] loopStart = new int[MAX_LOOPS];
        final int[] loopEnd = new int[MAX_LOOPS];

        Run(int rules) {
            ends = new int[rules];
        }

        void clear() {
            Arrays.fill(ends, -1);
            stop = 0;
            loops = 0;
        }

        /// The automaton was in `state` before each byte of `[since, until]`, the last of which led out of it.
        void leave(int state, int since, int until, long accepting) {
            if (until - since >= MIN_LOOP && loops < MAX_LOOPS) {
                loopState[loops] = state;
                loopStart[loops] = since;
                loopEnd[loops] = until;
                loops++;
            }
            for (long left = accepting; left != 0; left &= left - 1) {
                ends[Long.numberOfTrailingZeros(left)] = until;
            }
        }

        /// Goes on from `position` as `other` did, which was in the same state there.
        void join(Run other, int position) {
            for (int i = 0; i < ends.length; i++) {
                if (other.ends[i] >= position) {
                    ends[i] = other.ends[i];
                }
            }
            stop = other.stop;
        }

        void set(Run other) {
            System.arraycopy(other.ends, 0, ends, 0, ends.length);
            stop = other.stop;
            loops = other.loops;
            System.arraycopy(other.loopState, 0, loopState, 0, loops);
            System.arraycopy(other.loopStart, 0, loopStart, 0, loops);
            System.arraycopy(other.loopEnd, 0, loopEnd, 0, loops);
        }
    }
}
