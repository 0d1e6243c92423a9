package io.jwtrawl.git;

import java.util.Arrays;

/// In which order the commits of a graph are gone through.
final class CommitOrder {

    private CommitOrder() {}

    /// Every readable commit after its parents, and otherwise always in the same order.
    static int[] parentsFirst(CommitGraph graph) {
        int count = graph.count();
        int[] unseenParents = new int[count];
        int[] childrenFrom = new int[count + 1]; // where its children begin, in what follows
        for (int commit = 0; commit < count; commit++) {
            unseenParents[commit] = graph.parentCount(commit);
            for (int i = 0; i < unseenParents[commit]; i++) {
                childrenFrom[graph.parent(commit, i) + 1]++;
            }
        }
        for (int commit = 0; commit < count; commit++) {
            childrenFrom[commit + 1] += childrenFrom[commit];
        }
        int[] children = new int[childrenFrom[count]];
        int[] next = Arrays.copyOf(childrenFrom, count);
        int[] ordered = new int[graph.readableCount()];
        int end = 0;
        for (int commit = 0; commit < count; commit++) {
            for (int i = 0; i < unseenParents[commit]; i++) {
                children[next[graph.parent(commit, i)]++] = commit;
            }
            if (unseenParents[commit] == 0 && graph.isReadable(commit)) {
                ordered[end++] = commit;
            }
        }
        for (int begin = 0; begin < end; begin++) {
            int commit = ordered[begin];
            for (int i = childrenFrom[commit]; i < childrenFrom[commit + 1]; i++) {
                if (--unseenParents[children[i]] == 0) {
                    ordered[end++] = children[i];
                }
            }
        }
        return end == ordered.length ? ordered : Arrays.copyOf(ordered, end);
    }
}
