package io.jwtrawl.git.objects;

import java.util.BitSet;
import java.util.List;

/// Finds the trees in packs that may hold a blob that matters, at any depth. Nearly all trees of a history hold none: what
/// is below these need not be looked at.
///
/// A tree may if it names such a blob or such a tree, or is a delta against one; also if nothing is known of it.
final class Holders {

    private final Links links;
    private final List<LinkReader> readers;
    private final BitSet marked;

    /// @param readers what `links` was read by
    private Holders(Links links, List<LinkReader> readers) {
        this.links = links;
        this.readers = readers;
        marked = new BitSet(links.count());
    }

    /// The numbers of those trees. Tells the readers too.
    ///
    /// @param unknown trees that `links` know nothing of, and what may be one
    static BitSet mark(Links links, List<LinkReader> readers, Iterable<ObjectId> unknown) {
        var holders = new Holders(links, readers);
        for (LinkReader reader : readers) {
            reader.beginHolders();
        }
        for (ObjectId id : unknown) {
            holders.tell(id, Links.NONE);
        }
        for (int number = 0; number < links.count(); number++) {
            if (!links.has(number) && links.isTree(number)) {
                holders.marked.set(number);
                holders.tell(links.id(number), Links.NONE);
            }
        }
        // What lies below a tree mostly comes after it, and what is made from it too: so back and
        // forth.
        for (boolean forth = false; holders.isAnyNew(forth); forth = !forth) {}
        return holders.marked;
    }

    private boolean isAnyNew(boolean forth) {
        boolean isNew = false;
        for (LinkReader reader : readers) {
            LinkRecords trees = reader.trees();
            for (int i = 0; i < trees.size(); i++) {
                int tree = trees.get(forth ? i : trees.size() - 1 - i);
                if (!marked.get(tree) && mayHold(tree, reader)) {
                    marked.set(tree);
                    tell(links.id(tree), tree);
                    isNew = true;
                }
            }
        }
        return isNew;
    }

    private boolean mayHold(int tree, LinkReader reader) {
        int at = links.at(tree);
        int base = reader.base(at);
        return (base != Links.NONE && marked.get(base)) || reader.addsAny(at);
    }

    private void tell(ObjectId id, int tree) {
        for (LinkReader reader : readers) {
            reader.mayHold(id, tree);
        }
    }
}
