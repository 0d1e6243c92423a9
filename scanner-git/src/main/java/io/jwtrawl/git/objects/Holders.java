package io.jwtrawl.git.objects;

import java.util.BitSet;

/// Finds out which trees may hold a blob that matters: nearly all of a history do not, and need not be looked into. A tree
/// that has no record, or names one that is in no pack, may hold anything.
final class Holders {

    private final Links links;
    private final BitSet marked;

    private Holders(Links links) {
        this.links = links;
        marked = new BitSet(links.count());
    }

    /// The numbers of those trees.
    static BitSet mark(Links links) {
        var holders = new Holders(links);
        // What lies below a tree mostly comes after it, and what is made from it too: so back and
        // forth.
        for (boolean forth = false; holders.isAnyNew(forth); forth = !forth) {}
        return holders.marked;
    }

    private boolean isAnyNew(boolean forth) {
        int before = marked.cardinality();
        int count = links.count();
        for (int i = 0; i < count; i++) {
            int number = forth ? i : count - 1 - i;
            if (!marked.get(number) && links.isTree(number) && mayHold(number)) {
                marked.set(number);
            }
        }
        return marked.cardinality() > before;
    }

    private boolean mayHold(int tree) {
        return !links.has(tree) || links.mayHold(tree, marked);
    }
}
