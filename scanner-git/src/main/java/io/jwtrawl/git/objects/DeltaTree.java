package io.jwtrawl.git.objects;

import java.util.Arrays;

/// Goes through the trees of a [PackForest] once, to find out which entries there are and which child of each has most below
/// it. Remembers only the way from the root to where it is.
final class DeltaTree {

    /// What is remembered of an entry on the way: how many entries are in its tree so far; the child after which the
    /// current one comes; the child with the largest tree so far, how large that is, and which child comes before it.
    private static final int SIZE = 0;

    private static final int PREVIOUS = 1;
    private static final int HEAVIEST = 2;
    private static final int HEAVIEST_SIZE = 3;
    private static final int BEFORE_HEAVIEST = 4;
    private static final int FIELDS = 5;

    private final int[] firstChild;
    private final int[] next;
    private int[] way = new int[64 * FIELDS];
    private int at;

    /// @param firstChild changed so that the child with the largest tree comes last
    /// @param next likewise: the next child, or after the last one the complement of what they are made from
    DeltaTree(int[] firstChild, int[] next) {
        this.firstChild = firstChild;
        this.next = next;
    }

    /// Learns of each entry of a tree.
    interface Visitor {
        void reached(int entry);
    }

    void walk(int root, Visitor visitor) {
        at = 0;
        int entry = root;
        enter(entry, visitor);
        while (true) {
            if (firstChild[entry] != PackForest.NONE) {
                entry = firstChild[entry];
                at += FIELDS;
                enter(entry, visitor);
                continue;
            }
            while (at > 0) {
                leave(entry);
                if (next[entry] >= 0) {
                    entry = next[entry];
                    at += FIELDS;
                    enter(entry, visitor);
                    break;
                }
                int base = ~next[entry];
                moveHeaviest(base, entry);
                entry = base;
            }
            if (at == 0) {
                return;
            }
        }
    }

    private void enter(int entry, Visitor visitor) {
        if (at == way.length) {
            way = Arrays.copyOf(way, 2 * way.length);
        }
        way[at + SIZE] = 1;
        way[at + PREVIOUS] = PackForest.NONE;
        way[at + HEAVIEST_SIZE] = 0;
        visitor.reached(entry);
    }

    private void leave(int child) {
        int size = way[at + SIZE];
        at -= FIELDS;
        way[at + SIZE] += size;
        if (size > way[at + HEAVIEST_SIZE]) {
            way[at + HEAVIEST_SIZE] = size;
            way[at + HEAVIEST] = child;
            way[at + BEFORE_HEAVIEST] = way[at + PREVIOUS];
        }
        way[at + PREVIOUS] = child;
    }

    private void moveHeaviest(int base, int last) {
        int heaviest = way[at + HEAVIEST];
        if (heaviest == last) {
            return;
        }
        int before = way[at + BEFORE_HEAVIEST];
        if (before == PackForest.NONE) {
            firstChild[base] = next[heaviest];
        } else {
            next[before] = next[heaviest];
        }
        next[heaviest] = next[last];
        next[last] = heaviest;
    }
}
