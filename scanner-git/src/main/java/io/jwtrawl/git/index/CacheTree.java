package io.jwtrawl.git.index;

import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.git.objects.ObjectId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which folders of an index are known to be just some tree (extension `TREE`), so that nobody need look into them.
///
/// @param entries how many entries of the index are in the folder; less than 0 if something was staged there since
/// @param tree what they are together; of no meaning if `entries` is less than 0
/// @param folders by name, in ISO 8859-1
record CacheTree(int entries, Optional<ObjectId> tree, Map<String, CacheTree> folders) {

    static final CacheTree NONE = new CacheTree(-1, Optional.empty(), Map.of());

    /// Deeper ones are not kept.
    private static final int MAX_DEPTH = 500;

    CacheTree folder(String name) {
        return folders.getOrDefault(name, NONE);
    }

    boolean is(int count, ObjectId other) {
        return entries == count && tree.isPresent() && tree.get().equals(other);
    }

    /// Reads the extension; what is not well-formed counts as not there: it is a help, and nothing that must be.
    static CacheTree read(byte[] bytes, int from, int to, HashFormat format) {
        var reader = new Reader(bytes, to, format);
        reader.at = from;
        try {
            reader.text((byte) 0); // the root has no name
            return reader.node(0);
        } catch (RuntimeException e) {
            return NONE;
        }
    }

    private static final class Reader {
        private final byte[] bytes;
        private final int to;
        private final HashFormat format;
        private int at;

        Reader(byte[] bytes, int to, HashFormat format) {
            this.bytes = bytes;
            this.to = to;
            this.format = format;
        }

        CacheTree node(int depth) {
            if (depth > MAX_DEPTH) {
                throw new IllegalArgumentException("too deep");
            }
            int entries = Integer.parseInt(text((byte) ' '));
            int count = Integer.parseInt(text((byte) '\n'));
            Optional<ObjectId> tree = Optional.empty();
            if (entries >= 0) {
                if (at + format.length() > to) {
                    throw new IllegalArgumentException("cut off");
                }
                tree = Optional.of(ObjectId.fromRaw(bytes, at, format.length()));
                at += format.length();
            }
            Map<String, CacheTree> folders = count > 0 ? new HashMap<>() : Map.of();
            for (int i = 0; i < count; i++) {
                String name = text((byte) 0);
                folders.put(name, node(depth + 1));
            }
            return new CacheTree(entries, tree, folders);
        }

        /// What stands before `end`.
        private String text(byte end) {
            int start = at;
            while (at < to && bytes[at] != end) {
                at++;
            }
            if (at >= to) {
                throw new IllegalArgumentException("cut off");
            }
            return new String(bytes, start, at++ - start, StandardCharsets.ISO_8859_1);
        }
    }
}
