package io.jwtrawl.git.objects;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// Expands the trees of a [PackForest], one after the other, in one thread: each entry once, after its base. Of the deltas
/// against one base the one that most others hang on comes last, when the base is not needed any more, so that few
/// objects are held at a time: about as many as the logarithm of their number.
final class ForestWalk implements AutoCloseable {

    private final PackForest forest;
    private final ObjectReader objects;
    private final ObjectVisitor visitor;
    private final PackReader reader;
    private final BufferPool buffers = new BufferPool();
    private final Delta delta = new Delta();
    private final LargeWalk large;

    /// The bases that are held, from the root on, each with deltas that are still to be expanded.
    private final Deque<Base> path = new ArrayDeque<>();

    private long held;

    /// The entries that others hang on for which memory did not suffice at that time.
    private final Deque<Integer> putOff = new ArrayDeque<>();

    /// Those that are, or make, something too large to be held.
    private final Deque<Integer> largeDeltas = new ArrayDeque<>();

    /// What was expanded last.
    private byte[] bytes = {};

    private int size;
    private boolean suspect;

    /// @param objects reads what does not hang on an entry that is held
    ForestWalk(PackForest forest, ObjectReader objects, ObjectVisitor visitor) {
        this.forest = forest;
        this.objects = objects;
        this.visitor = visitor;
        reader = new PackReader(forest.pack());
        large = new LargeWalk(forest, visitor, this::walkFromMade);
    }

    /// An expanded entry, and which of the deltas against it comes next.
    static final class Base {
        final int entry;
        final byte[] bytes;
        final int size;
        final boolean suspect;
        private int next;

        Base(int entry, byte[] bytes, int size, boolean suspect, int next) {
            this.entry = entry;
            this.bytes = bytes;
            this.size = size;
            this.suspect = suspect;
            this.next = next;
        }
    }

    /// Expands the tree of a [PackForest#isRoot].
    void walk(int root) throws InterruptedException {
        if (forest.isOutside(root)) {
            walkFromOutside(root);
        } else if (visitor.wants(forest.type(root))) {
            walkFromWhole(root);
        }
        while (!putOff.isEmpty() || !largeDeltas.isEmpty()) {
            walkWhatWasPutOff();
        }
    }

    private void walkWhatWasPutOff() throws InterruptedException {
        boolean isLarge = putOff.isEmpty();
        int entry = isLarge ? largeDeltas.pop() : putOff.pop();
        int held = isLarge ? forest.base(entry) : entry;
        StoredObject base;
        try {
            base = objects.readAt(forest.pack(), forest.offset(held));
        } catch (IOException | RuntimeException e) {
            if (isLarge) {
                fail(entry, forest.type(entry), e);
            } else {
                failBelow(entry, forest.type(entry), e);
            }
            return;
        } catch (OutOfMemoryError e) {
            tooLarge(entry, forest.type(entry));
            return;
        }
        int type = EntryType.of(base.type());
        if (isLarge) {
            large.walk(entry, type, base.bytes());
        } else {
            // A copy: the array is kept by others, and taken over by those who walk.
            descend(entry, type, base.bytes().clone(), base.bytes().length, true);
        }
    }

    private void walkFromMade(int entry, int type, byte[] made) throws InterruptedException {
        descend(entry, type, made, made.length, visitor.whole(entry, type, made, made.length));
    }

    private void walkFromWhole(int root) throws InterruptedException {
        int type = forest.type(root);
        try {
            reader.header(forest.offset(root));
            if (reader.size() > MemoryLimits.LARGE) {
                large.walk(root, type);
                return;
            }
            size = (int) reader.size();
            bytes = buffers.take(size + 1);
            reader.inflate(bytes);
        } catch (IOException | RuntimeException e) {
            fail(root, type, e);
            return;
        } catch (OutOfMemoryError e) {
            tooLarge(root, type);
            return;
        }
        descend(root, type, bytes, size, visitor.whole(root, type, bytes, size));
    }

    private void walkFromOutside(int root) throws InterruptedException {
        int type = EntryType.BLOB; // as long as nobody knows better
        try {
            reader.header(forest.offset(root));
            StoredObject base = objects.readBase(reader.baseId());
            type = EntryType.of(base.type());
            if (!visitor.wants(type)) {
                return;
            }
            reader.header(forest.offset(root));
            if (!expand(base.bytes(), base.bytes().length)) {
                large.walk(root, type, base.bytes());
                return;
            }
        } catch (IOException | RuntimeException e) {
            fail(root, type, e);
            return;
        } catch (OutOfMemoryError e) {
            tooLarge(root, type);
            return;
        }
        descend(root, type, bytes, size, visitor.whole(root, type, bytes, size));
    }

    /// Expands what hangs on `entry`, which is `content[0, length)`. Takes the array over.
    private void descend(int entry, int type, byte[] content, int length, boolean isSuspect)
            throws InterruptedException {
        push(entry, content, length, isSuspect);
        while (!path.isEmpty()) {
            Base top = path.getLast();
            int child = top.next;
            if (child == PackForest.NONE) {
                pop();
                continue;
            }
            top.next = forest.nextSibling(child);
            boolean done = expandChild(child, type, top);
            if (top.next == PackForest.NONE) {
                pop();
            }
            if (done) {
                push(child, bytes, size, suspect);
            }
        }
    }

    private void push(int entry, byte[] content, int length, boolean isSuspect) {
        int first = forest.firstChild(entry);
        if (first == PackForest.NONE) {
            buffers.give(content);
        } else if (held + length > MemoryLimits.HELD && !path.isEmpty()) {
            putOff.push(entry);
            buffers.give(content);
        } else {
            held += length;
            path.addLast(new Base(entry, content, length, isSuspect, first));
        }
    }

    private void pop() {
        Base base = path.removeLast();
        held -= base.size;
        buffers.give(base.bytes);
    }

    /// Expands a delta against `base`.
    ///
    /// @return whether it could be
    private boolean expandChild(int child, int type, Base base) throws InterruptedException {
        try {
            reader.header(forest.offset(child));
            if (!expand(base.bytes, base.size)) {
                largeDeltas.push(child);
                return false;
            }
        } catch (IOException | RuntimeException e) {
            fail(child, type, e);
            return false;
        } catch (OutOfMemoryError e) {
            tooLarge(child, type);
            return false;
        }
        suspect = visitor.made(child, type, bytes, size, delta, base);
        return true;
    }

    /// Expands the delta behind the latest header.
    ///
    /// @return false if it, or what it makes, is too large
    private boolean expand(byte[] base, int baseSize) throws IOException {
        if (reader.size() > MemoryLimits.LARGE) {
            return false;
        }
        int deltaSize = (int) reader.size();
        byte[] deltaBytes = buffers.take(deltaSize + 1);
        reader.inflate(deltaBytes);
        delta.begin(deltaBytes, deltaSize);
        if (delta.resultSize() > MemoryLimits.LARGE) {
            buffers.give(deltaBytes);
            return false;
        }
        size = (int) delta.resultSize();
        bytes = buffers.take(size + 1);
        delta.apply(base, baseSize, bytes);
        buffers.give(deltaBytes);
        return true;
    }

    private void fail(int entry, int type, Exception why) {
        visitor.fail(entry, type, why);
        failBelow(entry, type, new BadObjectException("what it is a delta against cannot be read"));
    }

    private void failBelow(int entry, int type, Exception why) {
        forest.forEachBelow(entry, below -> visitor.fail(below, type, why));
    }

    private void tooLarge(int entry, int type) {
        visitor.tooLarge(entry, type);
        forest.forEachBelow(entry, below -> visitor.tooLarge(below, type));
    }

    @Override
    public void close() {
        reader.close();
    }
}
