package io.jwtrawl.git.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.testkit.Tries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeltaTreeTest {

    @Test
    void everyEntryIsReachedOnceAndTheChildWithMostBelowItComesLast() {
        Tries.run(300, random -> check(randomBases(random, 1 + random.nextInt(200))));
    }

    @Test
    void aChainOfAnyDepthIsWalked() {
        int[] bases = new int[300_000];
        for (int entry = 0; entry < bases.length; entry++) {
            bases[entry] = entry - 1;
        }
        var tree = new Tree(bases);
        List<Integer> reached = new ArrayList<>();
        tree.walk(reached::add);
        assertThat(reached).hasSize(bases.length).last().isEqualTo(bases.length - 1);
    }

    /// Entry 0 is the root; some trees are deep, some broad.
    private static int[] randomBases(Random random, int count) {
        int[] bases = new int[count];
        int near = 1 + random.nextInt(count);
        bases[0] = PackForest.NONE;
        for (int entry = 1; entry < count; entry++) {
            bases[entry] = entry - 1 - random.nextInt(Math.min(near, entry));
        }
        return bases;
    }

    private static void check(int[] bases) {
        var tree = new Tree(bases);
        List<Integer> reached = new ArrayList<>();
        tree.walk(reached::add);
        assertThat(reached).hasSize(bases.length).doesNotHaveDuplicates();
        int[] sizes = sizes(bases);
        for (int entry = 0; entry < bases.length; entry++) {
            List<Integer> children = tree.children(entry);
            assertThat(children).containsExactlyInAnyOrderElementsOf(childrenOf(bases, entry));
            for (int child : children) {
                assertThat(sizes[child]).isLessThanOrEqualTo(sizes[children.getLast()]);
            }
        }
    }

    private static int[] sizes(int[] bases) {
        int[] sizes = new int[bases.length];
        for (int entry = bases.length - 1; entry >= 0; entry--) {
            sizes[entry]++;
            if (bases[entry] >= 0) {
                sizes[bases[entry]] += sizes[entry];
            }
        }
        return sizes;
    }

    private static List<Integer> childrenOf(int[] bases, int base) {
        List<Integer> children = new ArrayList<>();
        for (int entry = 0; entry < bases.length; entry++) {
            if (bases[entry] == base) {
                children.add(entry);
            }
        }
        return children;
    }

    /// As [PackForest] links it.
    private static final class Tree {
        private final int[] firstChild;
        private final int[] next;

        Tree(int[] bases) {
            firstChild = new int[bases.length];
            next = bases.clone();
            Arrays.fill(firstChild, PackForest.NONE);
            for (int entry = bases.length - 1; entry >= 0; entry--) {
                int base = bases[entry];
                if (base >= 0) {
                    next[entry] = firstChild[base] < 0 ? ~base : firstChild[base];
                    firstChild[base] = entry;
                }
            }
        }

        void walk(DeltaTree.Visitor visitor) {
            new DeltaTree(firstChild, next).walk(0, visitor);
        }

        List<Integer> children(int base) {
            List<Integer> children = new ArrayList<>();
            int child = firstChild[base];
            while (child >= 0) {
                children.add(child);
                if (next[child] < 0) {
                    assertThat(~next[child]).isEqualTo(base);
                }
                child = next[child];
            }
            return children;
        }
    }
}
