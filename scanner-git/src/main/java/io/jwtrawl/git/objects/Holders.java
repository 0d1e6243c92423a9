package io.jwtrawl.git.objects;

import java.util.BitSet;

/// Which trees may hold a blob that matters: nearly all of a history do not, and need not be looked into. A tree that has no
/// record, or names one that is in no pack, may hold anything.
final class Holders {

    private final long[] words;

    /// How many there are in the words before each.
    private final int[] before;

    private final int count;

    private Holders(BitSet marked) {
        words = marked.toLongArray();
        before = new int[words.length];
        int sum = 0;
        for (int i = 0; i < words.length; i++) {
            before[i] = sum;
            sum += Long.bitCount(words[i]);
        }
        count = sum;
    }

    static Holders of(Links links) {
        var marked = new BitSet(links.count());
        // What lies below a tree mostly comes after it, and what is made from it too: so back and
        // forth.
        boolean forth = false;
        while (isAnyNew(links, marked, forth)) {
            forth = !forth;
        }
        return new Holders(marked);
    }

    private static boolean isAnyNew(Links links, BitSet marked, boolean forth) {
        boolean isAny = false;
        int count = links.count();
        for (int i = 0; i < count; i++) {
            int number = forth ? i : count - 1 - i;
            if (!marked.get(number)
                    && links.isTree(number)
                    && (!links.has(number) || links.mayHold(number, marked))) {
                marked.set(number);
                isAny = true;
            }
        }
        return isAny;
    }

    /// How many there are.
    int count() {
        return count;
    }

    /// The place of a tree among them, from 0 on, or [Links#NONE] if it is none of them.
    int place(int tree) {
        int word = tree >>> 6;
        long bit = 1L << tree;
        if (word >= words.length || (words[word] & bit) == 0) {
            return Links.NONE;
        }
        return before[word] + Long.bitCount(words[word] & (bit - 1));
    }
}
