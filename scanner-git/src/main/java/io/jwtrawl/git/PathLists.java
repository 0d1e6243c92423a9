package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Makes the lists of what trees hold: in order of their paths, and one list for all trees that hold the same, as most
/// versions of most trees do.
final class PathLists {

    /// Below one tree.
    static final int MAX_PATHS = 10_000;

    /// No longer than what a file system takes.
    private static final int MAX_PATH_LENGTH = 4096;

    /// In all versions of all trees together; they take some hundred bytes each at worst.
    private static final int MAX_KEPT = 2_000_000;

    /// So much of a path's text counts as one more path.
    private static final int CHARACTERS = 64;

    private final BiConsumer<ObjectId, String> limits;
    private final Map<List<Held>, List<Held>> distinct = new HashMap<>();
    private final Map<Held, Held> distinctHeld = new HashMap<>();
    private int kept;

    /// @param limits learns of each tree that is not told about to the end, and why
    PathLists(BiConsumer<ObjectId, String> limits) {
        this.limits = limits;
    }

    /// A list to be made for `tree`.
    Builder builder(ObjectId tree) {
        return new Builder(tree);
    }

    /// A wanted blob, and its path below the tree that was asked for.
    ///
    /// @param head the length of the first name in the path
    record Held(String path, ObjectId blob, int head) implements Comparable<Held> {

        // Those that a record has by itself take milliseconds to make.

        @Override
        public boolean equals(Object other) {
            return this == other
                    || (other instanceof Held held
                            && head == held.head
                            && blob.equals(held.blob)
                            && path.equals(held.path));
        }

        @Override
        public int hashCode() {
            return 31 * path.hashCode() + blob.hashCode();
        }

        @Override
        public int compareTo(Held other) {
            int order = path.compareTo(other.path);
            order = order != 0 ? order : blob.compareTo(other.blob);
            return order != 0 ? order : Integer.compare(head, other.head);
        }

        boolean isBelow(String name) {
            return head == name.length() && path.startsWith(name);
        }
    }

    /// There is more to be known than memory is set aside for.
    static final class TooMuchException extends Exception {
        private static final long serialVersionUID = 1;

        TooMuchException(String message) {
            super(message);
        }
    }

    /// A list for one tree, in the making.
    final class Builder {
        private final ObjectId tree;
        private final List<Held> held = new ArrayList<>();
        private boolean full;

        Builder(ObjectId tree) {
            this.tree = tree;
        }

        /// Adds a blob in the tree itself.
        void addBlob(String name, ObjectId blob) {
            add(name, blob, name.length());
        }

        /// Adds what a tree in this tree holds.
        void addAll(String name, List<Held> below) {
            for (Held file : below) {
                if (full) {
                    return;
                }
                add(name + "/" + file.path(), file.blob(), name.length());
            }
        }

        /// Takes over from another version of the tree what does not lie below any of `names`.
        void addAllBut(List<String> names, List<Held> other) {
            for (Held file : other) {
                if (!isBelowAny(file, names)) {
                    held.add(file);
                }
            }
        }

        private static boolean isBelowAny(Held file, List<String> names) {
            for (String name : names) {
                if (file.isBelow(name)) {
                    return true;
                }
            }
            return false;
        }

        private void add(String path, ObjectId blob, int head) {
            if (full) {
                return;
            }
            if (path.length() > MAX_PATH_LENGTH) {
                limits.accept(
                        tree,
                        "what was found lies at a path of more than "
                                + MAX_PATH_LENGTH
                                + " characters");
            } else if (held.size() >= MAX_PATHS) {
                full = true;
                limits.accept(
                        tree,
                        "what was found lies at more than "
                                + MAX_PATHS
                                + " paths below it, of which the first are told");
            } else {
                held.add(new Held(path, blob, head));
            }
        }

        /// The list: the same, not only an equal one, for all trees that hold the same.
        List<Held> list() throws TooMuchException {
            if (held.isEmpty()) {
                return List.of();
            }
            held.sort(null);
            return shared(held);
        }
    }

    private List<Held> shared(List<Held> held) throws TooMuchException {
        for (int i = 0; i < held.size(); i++) {
            Held one = held.get(i);
            Held first = distinctHeld.putIfAbsent(one, one);
            if (first == null) {
                kept += 1 + one.path().length() / CHARACTERS;
            } else {
                held.set(i, first);
            }
        }
        List<Held> copy = List.copyOf(held);
        List<Held> before = distinct.putIfAbsent(copy, copy);
        if (before != null) {
            return before;
        }
        kept += copy.size();
        if (kept > MAX_KEPT) {
            throw new TooMuchException(
                    "what was found lies at too many paths in too many versions, so that who introduced it is not told");
        }
        return copy;
    }
}
