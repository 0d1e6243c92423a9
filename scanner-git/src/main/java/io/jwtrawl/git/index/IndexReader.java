package io.jwtrawl.git.index;

import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.git.objects.ObjectId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/// Reads an index, together with the one that it shares entries with, if it is split.
public final class IndexReader {

    private IndexReader() {}

    /// Reads the shared index of some name, which lies beside the split one.
    public interface SharedIndex {
        byte[] read(String name) throws IOException;
    }

    /// @throws IndexException if it is damaged
    /// @throws IOException if the shared index cannot be read
    public static GitIndex read(byte[] bytes, HashFormat format, SharedIndex shared)
            throws IOException {
        var parser = new IndexParser(bytes, format);
        GitIndex index = parser.parse();
        if (parser.link().isPresent() && !parser.link().get().shared().isZero()) {
            ObjectId name = parser.link().get().shared();
            var sharedParser = new IndexParser(shared.read("sharedindex." + name.name()), format);
            GitIndex base = sharedParser.parse();
            if (sharedParser.link().isPresent()) {
                throw new IndexException("a shared index that is split itself");
            }
            base.requireOrder();
            index = merged(base, index, parser.link().get().bitmaps());
        }
        index.requireOrder();
        return index;
    }

    /// Entries of a split index come in two parts: first, without a path, those that replace one of the shared index, in
    /// its order; then those that it does not have.
    private static GitIndex merged(GitIndex base, GitIndex split, ByteBuffer bitmaps)
            throws IndexException {
        BitSet deleted = new BitSet();
        BitSet replaced = new BitSet();
        if (bitmaps.hasRemaining()) {
            deleted = EwahBitmap.read(bitmaps, base.count());
            replaced = EwahBitmap.read(bitmaps, base.count());
        }
        int replacements = replaced.cardinality();
        if (replacements > split.count()) {
            throw new IndexException("a split index that lacks entries");
        }
        var merged = new GitIndex(base.format(), base.count() + split.count(), new byte[1024], 0);
        int replacement = 0;
        int added = replacements;
        for (int i = 0; i < base.count(); i++) {
            while (added < split.count() && split.compare(added, base, i) < 0) {
                merged.add(split, added, split, added);
                added++;
            }
            if (replaced.get(i)) {
                if (!deleted.get(i)) {
                    merged.add(split, replacement, base, i);
                }
                replacement++;
            } else if (!deleted.get(i)) {
                merged.add(base, i, base, i);
            }
        }
        for (; added < split.count(); added++) {
            merged.add(split, added, split, added);
        }
        merged.setCacheTree(split.cacheTree());
        return merged;
    }
}
