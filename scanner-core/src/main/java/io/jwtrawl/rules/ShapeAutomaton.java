package io.jwtrawl.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.RegExp;

/// One deterministic automaton over bytes for many shapes.
///
/// It says at once which shapes accept what was read so far. Every byte is one table look-up, whatever the input.
///
/// @param columns how many `table` has
/// @param classes for each byte, its column
/// @param table the next state for each state and column, or [#DEAD]
/// @param accepts for each state, the shapes that accept there, shape `i` being bit `i`
@SuppressWarnings("ArrayRecordComponent") // shared, never changed, never compared
public record ShapeAutomaton(int columns, byte[] classes, char[] table, long[] accepts) {

    public static final int START = 0;
    public static final int DEAD = 0xffff;

    private static final int DETERMINIZE_WORK = 100_000;
    private static final int FIRST_END_MARK = 0x100;

    /// Characters from here on cannot all stand in a text alone.
    private static final int MAX_STATES = Character.MIN_SURROGATE;

    /// What Lucene says where no transition leads.
    private static final int NOWHERE = -1;

    /// The state after `state` on reading `next`.
    public int step(int state, byte next) {
        return table[state * columns + classes[next & 0xff]];
    }

    /// Compiles `shapes`, regular expressions in the syntax of Lucene's `RegExp` whose characters are bytes; an empty one
    /// accepts nothing.
    ///
    /// Each shape is followed by an end mark of its own, which is no byte, before the union is made deterministic. A
    /// state of the union then accepts for shape `i` where that shape's end mark leads on.
    static ShapeAutomaton compile(List<String> shapes) {
        if (shapes.size() > Long.SIZE) {
            throw new IllegalArgumentException("more than " + Long.SIZE + " shapes");
        }
        List<Automaton> marked = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            if (!shapes.get(i).isEmpty()) {
                Automaton shape = new RegExp(shapes.get(i), RegExp.NONE).toAutomaton();
                marked.add(
                        Operations.concatenate(
                                List.of(shape, Automata.makeChar(FIRST_END_MARK + i))));
            }
        }
        Automaton union =
                Operations.removeDeadStates(
                        Operations.determinize(Operations.union(marked), DETERMINIZE_WORK));

        int states = union.getNumStates();
        if (states > MAX_STATES) {
            throw new IllegalArgumentException(
                    "the shapes need more than " + MAX_STATES + " states");
        }
        int[][] columns = new int[256][];
        for (int b = 0; b < 256; b++) {
            columns[b] = new int[states];
            for (int state = 0; state < states; state++) {
                columns[b][state] = union.step(state, b);
            }
        }
        List<int[]> distinct = new ArrayList<>();
        byte[] classes = new byte[256];
        for (int b = 0; b < 256; b++) {
            int[] column = columns[b];
            int same = 0;
            while (same < distinct.size() && !Arrays.equals(distinct.get(same), column)) {
                same++;
            }
            if (same == distinct.size()) {
                distinct.add(column);
            }
            classes[b] = (byte) same;
        }
        if (distinct.size() > Byte.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "the shapes tell more than " + Byte.MAX_VALUE + " bytes apart");
        }
        char[] table = new char[states * distinct.size()];
        long[] accepts = new long[states];
        for (int state = 0; state < states; state++) {
            for (int c = 0; c < distinct.size(); c++) {
                int next = distinct.get(c)[state];
                table[state * distinct.size() + c] = (char) (next == NOWHERE ? DEAD : next);
            }
            for (int shape = 0; shape < shapes.size(); shape++) {
                if (union.step(state, FIRST_END_MARK + shape) != NOWHERE) {
                    accepts[state] |= 1L << shape;
                }
            }
        }
        return new ShapeAutomaton(distinct.size(), classes, table, accepts);
    }
}
