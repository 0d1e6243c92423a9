package io.jwtrawl.git.objects;

import java.util.Arrays;
import java.util.List;

/// Tells which objects the commits, trees and tags of a pack name: of a tree that is a delta only what distinguishes it from
/// its base.
final class NameVisitor implements ObjectVisitor {

    private final HashFormat format;
    private final List<NameSink> sinks;
    private final TreeCursor here;
    private final TreeCursor before;

    NameVisitor(HashFormat format, List<NameSink> sinks) {
        this.format = format;
        this.sinks = sinks;
        here = new TreeCursor(format);
        before = new TreeCursor(format);
    }

    @Override
    public boolean wants(int type) {
        return type != EntryType.BLOB;
    }

    @Override
    public boolean whole(int entry, int type, byte[] bytes, int size) {
        if (type != EntryType.TREE) {
            commitOrTag(entry, type, bytes, size);
            return false;
        }
        try {
            for (NameSink sink : sinks) {
                sink.beginTree(entry, PackForest.NONE);
            }
            here.begin(bytes, 0, size);
            while (here.advance()) {
                added(bytes);
            }
            endTree();
        } catch (BadObjectException e) {
            cannotTell();
        }
        return false;
    }

    @Override
    public boolean made(
            int entry, int type, byte[] bytes, int size, Delta delta, ForestWalk.Base base) {
        if (type != EntryType.TREE) {
            commitOrTag(entry, type, bytes, size);
            return false;
        }
        try {
            for (NameSink sink : sinks) {
                sink.beginTree(entry, base.entry);
            }
            compare(bytes, size, base.bytes, base.size);
            endTree();
        } catch (BadObjectException e) {
            cannotTell();
        }
        return false;
    }

    private void commitOrTag(int entry, int type, byte[] bytes, int size) {
        try {
            if (type == EntryType.COMMIT) {
                byte[] ids = NamedIds.ofCommit(bytes, size, format);
                for (NameSink sink : sinks) {
                    sink.commit(entry, ids);
                }
            } else {
                ObjectId id = NamedIds.ofTag(bytes, size, format);
                for (NameSink sink : sinks) {
                    sink.tag(id);
                }
            }
        } catch (BadObjectException e) {
            cannotTell();
        }
    }

    /// Tells the entries that one of two trees has and the other has not. They differ in few places, mostly in one.
    private void compare(byte[] bytes, int size, byte[] base, int baseSize)
            throws BadObjectException {
        int same = Arrays.mismatch(bytes, 0, size, base, 0, baseSize);
        if (same < 0) {
            return;
        }
        here.begin(bytes, 0, size);
        boolean more = here.advance();
        while (more && here.next() <= same) {
            more = here.advance();
        }
        before.begin(base, here.start(), baseSize);
        boolean moreBefore = before.advance();
        int suffix = commonSuffix(bytes, size, base, baseSize, here.start());
        while (more || moreBefore) {
            int left = size - here.start();
            int leftBefore = baseSize - before.start();
            if (left == leftBefore && left <= suffix) {
                return;
            }
            if (left >= leftBefore) {
                added(bytes);
                more = here.advance();
            }
            if (left <= leftBefore) {
                dropped(base);
                moreBefore = before.advance();
            }
        }
    }

    private static int commonSuffix(byte[] a, int sizeA, byte[] b, int sizeB, int prefix) {
        int limit = Math.min(sizeA, sizeB) - prefix;
        int suffix = 0;
        while (suffix < limit && a[sizeA - 1 - suffix] == b[sizeB - 1 - suffix]) {
            suffix++;
        }
        return suffix;
    }

    private void added(byte[] raw) {
        for (NameSink sink : sinks) {
            sink.added(raw, here);
        }
    }

    private void dropped(byte[] raw) {
        for (NameSink sink : sinks) {
            sink.dropped(raw, before);
        }
    }

    private void endTree() {
        for (NameSink sink : sinks) {
            sink.endTree();
        }
    }

    private void cannotTell() {
        for (NameSink sink : sinks) {
            sink.cannotTell();
        }
    }

    @Override
    public void large(int entry, int type, LargeContent content) {
        cannotTell();
    }

    @Override
    public void fail(int entry, int type, Exception why) {
        cannotTell();
    }

    @Override
    public void tooLarge(int entry, int type) {
        cannotTell();
    }
}
