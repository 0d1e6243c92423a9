package io.jwtrawl.detect;

import io.jwtrawl.rules.ShapeAutomaton;

/// Reads on from one place after another, as far as any shape can match.
///
/// Places inside one run of token characters would each read the same bytes again; they soon are in the state that an
/// earlier reading was in at the same byte, and then share its outcome. That keeps the whole linear.
final class ShapeReader {

    private final ShapeAutomaton automaton;
    private final Outcome outcome;

    /// The latest reading that was not cut short, for later ones to join.
    private final Outcome joined;

    ShapeReader(ShapeAutomaton automaton, int shapes) {
        this.automaton = automaton;
        outcome = new Outcome(shapes);
        joined = new Outcome(shapes);
    }

    /// Takes up other bytes.
    void begin() {
        joined.clear();
    }

    /// Reads `bytes[start, to)`.
    void read(byte[] bytes, int start, int to) {
        Outcome run = outcome;
        run.clear();
        int columns = automaton.columns();
        char[] table = automaton.table();
        byte[] classes = automaton.classes();
        long[] accepts = automaton.accepts();
        int state = ShapeAutomaton.START;
        int since = start;
        int loop = 0;
        int position = start;
        while (position < to) {
            while (loop < joined.loops && position >= joined.loopEnd[loop]) {
                loop++;
            }
            int pause = to;
            if (loop < joined.loops) {
                if (position < joined.loopStart[loop]) {
                    pause = Math.min(to, joined.loopStart[loop]);
                } else if (state == joined.loopState[loop]) {
                    run.join(joined, position);
                    return;
                } else {
                    pause = Math.min(to, joined.loopEnd[loop]);
                }
            }
            int row = state * columns;
            int next = state;
            while (position < pause) {
                next = table[row + classes[bytes[position] & 0xff]];
                if (next != state) {
                    break;
                }
                position++;
            }
            if (next != state) {
                run.leave(state, since, position, accepts[state]);
                if (next == ShapeAutomaton.DEAD) {
                    break;
                }
                state = next;
                position++;
                since = position;
            }
        }
        if (position == to) {
            run.leave(state, since, position, accepts[state]);
        }
        run.stop = position;
        joined.set(run);
    }

    /// The end of the longest match of a shape in the latest reading, or -1.
    int end(int shape) {
        return (outcome.matched >>> shape & 1) != 0 ? outcome.ends[shape] : -1;
    }

    /// The shapes that match in the latest reading, shape `i` being bit `i`.
    long matched() {
        return outcome.matched;
    }

    /// The first byte with which no shape could match any more, or where the bytes ended.
    int stop() {
        return outcome.stop;
    }

    /// What one reading found.
    private static final class Outcome {
        private static final int MAX_LOOPS = 16;
        private static final int MIN_LOOP = 32;

        /// The shapes that match; the ends of the others mean nothing.
        long matched;

        final int[] ends;
        int stop;

        /// Stretches of positions before each of which the automaton was in one state: the parts of a token.
        int loops;

        final int[] loopState = new int[MAX_LOOPS];
        final int[] loopStart = new int[MAX_LOOPS];
        final int[] loopEnd = new int[MAX_LOOPS];

        Outcome(int shapes) {
            ends = new int[shapes];
        }

        void clear() {
            matched = 0;
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
            matched |= accepting;
            for (long left = accepting; left != 0; left &= left - 1) {
                ends[Long.numberOfTrailingZeros(left)] = until;
            }
        }

        /// Goes on from `position` as `other` did, which was in the same state there.
        void join(Outcome other, int position) {
            for (long left = other.matched; left != 0; left &= left - 1) {
                int shape = Long.numberOfTrailingZeros(left);
                if (other.ends[shape] >= position) {
                    ends[shape] = other.ends[shape];
                    matched |= 1L << shape;
                }
            }
            stop = other.stop;
        }

        void set(Outcome other) {
            matched = other.matched;
            for (long left = matched; left != 0; left &= left - 1) {
                int shape = Long.numberOfTrailingZeros(left);
                ends[shape] = other.ends[shape];
            }
            stop = other.stop;
            loops = other.loops;
            System.arraycopy(other.loopState, 0, loopState, 0, loops);
            System.arraycopy(other.loopStart, 0, loopStart, 0, loops);
            System.arraycopy(other.loopEnd, 0, loopEnd, 0, loops);
        }
    }
}
