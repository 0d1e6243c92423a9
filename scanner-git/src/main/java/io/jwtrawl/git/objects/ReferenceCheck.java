package io.jwtrawl.git.objects;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/// Looks whether every object is there that a commit, tree or tag names. That is known much sooner than what refs lead to:
/// of a tree only what distinguishes it from another one is looked at, in the order of the packs and by several threads.
///
/// If something is missing, it may still be that no ref leads there.
public final class ReferenceCheck {

    private final ObjectDatabase database;
    private final Set<ObjectId> shallow;
    private volatile boolean isPassed = true;

    /// @param shallow the commits whose parents are not there, and need not be
    public ReferenceCheck(ObjectDatabase database, Set<ObjectId> shallow) {
        this.database = database;
        this.shallow = shallow;
    }

    /// Whether nothing is missing so far.
    public boolean isPassed() {
        return isPassed;
    }

    /// Makes the check for one thread.
    ///
    /// @param forest whose entries are told of
    NameSink sink(PackForest forest) {
        return new Sink(forest::id);
    }

    /// Checks an object that is in no pack.
    void check(ObjectId id, int type, byte[] bytes) {
        new NameVisitor(database.format(), List.of(new Sink(_ -> id)))
                .whole(0, type, bytes, bytes.length);
    }

    /// Says that something cannot be checked.
    void fail() {
        isPassed = false;
    }

    private final class Sink implements NameSink {

        /// What the entries are that are told of.
        private final IntFunction<ObjectId> entries;

        Sink(IntFunction<ObjectId> entries) {
            this.entries = entries;
        }

        private void expect(ObjectId id) {
            if (isPassed && !database.contains(id)) {
                fail();
            }
        }

        private ObjectId id(byte[] raw, int from) {
            return ObjectId.fromRaw(raw, from, database.format().length());
        }

        @Override
        public void commit(int entry, byte[] ids) {
            int length = database.format().length();
            boolean isCut = !shallow.isEmpty() && shallow.contains(entries.apply(entry));
            for (int from = 0; from < (isCut ? length : ids.length); from += length) {
                expect(id(ids, from));
            }
        }

        @Override
        public void tag(ObjectId id) {
            expect(id);
        }

        @Override
        public void beginTree(int entry, int base) {
            // Whatever the base has was looked at with the base.
        }

        @Override
        public void added(byte[] raw, TreeCursor at) {
            if (!at.isGitlink()) {
                expect(id(raw, at.idStart()));
            }
        }

        @Override
        public void dropped(byte[] raw, TreeCursor at) {
            // It may be missing or not.
        }

        @Override
        public void endTree() {
            // There is nothing left to be done.
        }

        @Override
        public void cannotTell() {
            fail();
        }
    }
}
