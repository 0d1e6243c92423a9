package io.jwtrawl.git.objects;

import java.io.IOException;
import java.util.Optional;

/// Searches objects that are too large to be held, and what hangs on them. Those that others are made from are kept in
/// temporary files meanwhile.
final class LargeWalk {

    private final PackForest forest;
    private final ObjectVisitor visitor;
    private final Small small;

    /// Searches an object that is not large, with all that hangs on it, and takes the array over.
    interface Small {
        void walk(int entry, int type, byte[] bytes) throws InterruptedException;
    }

    LargeWalk(PackForest forest, ObjectVisitor visitor, Small small) {
        this.forest = forest;
        this.visitor = visitor;
        this.small = small;
    }

    /// Walks the tree of a large entry that is whole.
    void walk(int root, int type) throws InterruptedException {
        Optional<LargeBase> base =
                searched(root, type, () -> new EntryStream(forest.pack(), forest.offset(root)));
        if (base.isPresent()) {
            walkBelow(root, type, base.get());
        }
    }

    /// Walks the tree of an entry that is a delta against `base`.
    void walk(int entry, int type, byte[] base) throws InterruptedException {
        Optional<LargeBase> made =
                searchedDelta(entry, type, new LargeBase.Held(base, base.length));
        if (made.isPresent()) {
            walkBelow(entry, type, made.get());
        }
    }

    /// Walks what hangs on an entry whose content is `content`, which is closed then.
    private void walkBelow(int from, int type, LargeBase content) throws InterruptedException {
        int entry = from;
        Optional<LargeBase> base = Optional.of(content);
        while (base.isPresent()) {
            int heaviest = PackForest.NONE;
            Optional<LargeBase> next = Optional.empty();
            LargeBase held = base.get();
            try {
                for (int child = forest.firstChild(entry);
                        child != PackForest.NONE;
                        child = forest.nextSibling(child)) {
                    if (forest.nextSibling(child) == PackForest.NONE) {
                        heaviest = child;
                        next = searchedDelta(child, type, held);
                    } else {
                        Optional<LargeBase> made = searchedDelta(child, type, held);
                        if (made.isPresent()) {
                            walkBelow(child, type, made.get());
                        }
                    }
                }
            } finally {
                held.close();
            }
            entry = heaviest;
            base = next;
        }
    }

    /// Searches a delta against `base`.
    ///
    /// @return the result, if it is large and others hang on it
    private Optional<LargeBase> searchedDelta(int entry, int type, LargeBase base)
            throws InterruptedException {
        byte[] bytes = {};
        boolean isLarge;
        try (DeltaStream made = open(entry, base)) {
            isLarge = made.resultSize() > MemoryLimits.LARGE;
            if (!isLarge) {
                bytes = made.readNBytes((int) made.resultSize());
                if (bytes.length < made.resultSize() || made.read() >= 0) {
                    throw new BadObjectException("a delta that makes less than it says");
                }
            }
        } catch (IOException | RuntimeException e) {
            visitor.fail(entry, type, e);
            failBelow(entry, type, e);
            return Optional.empty();
        }
        if (isLarge) {
            return searched(entry, type, () -> open(entry, base));
        }
        small.walk(entry, type, bytes);
        return Optional.empty();
    }

    private Optional<LargeBase> searched(int entry, int type, LargeContent content)
            throws InterruptedException {
        if (forest.firstChild(entry) == PackForest.NONE) {
            visitor.large(entry, type, content);
            return Optional.empty();
        }
        LargeBase kept;
        try {
            kept = LargeBase.Spilled.of(content.open());
        } catch (IOException | RuntimeException e) {
            visitor.large(entry, type, content);
            failBelow(entry, type, e);
            return Optional.empty();
        }
        try {
            visitor.large(entry, type, kept);
            return Optional.of(kept);
        } catch (InterruptedException | RuntimeException e) {
            kept.close();
            throw e;
        }
    }

    private void failBelow(int entry, int type, Exception why) {
        forest.forEachBelow(entry, below -> visitor.fail(below, type, why));
    }

    private DeltaStream open(int entry, LargeBase base) throws IOException {
        return new DeltaStream(new EntryStream(forest.pack(), forest.offset(entry)), base);
    }
}
