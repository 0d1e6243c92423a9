package io.jwtrawl.files.parts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An object or array of a document that is read once: where it lies, and what it says of itself so far.
final class Frame {

    /// What names an object, or tells what kind of one it is.
    private static final Set<String> SAID =
            Set.of(
                    "name",
                    "key",
                    "kind",
                    "type",
                    "mode",
                    "module",
                    "index_key",
                    "namespace",
                    "apiVersion");

    private static final int LONGEST = 200;
    private static final int MOST_SOURCES = 100_000;

    final @Nullable Frame parent;
    final boolean isArray;

    /// Where in the parent it lies: under a key, or at an index.
    final String key;

    final int index;

    /// The key that was read last; an array counts instead.
    String current = "";

    int count = -1;
    final Map<String, String> said = new HashMap<>();

    /// Those of its keys that messages of a chat have.
    final Set<String> members = new HashSet<>();

    /// The keys of the outermost object, which tell what kind of document it is.
    final List<String> keys = new ArrayList<>();

    /// Of a source map, the files that it was made from.
    final List<String> sources = new ArrayList<>();

    Frame(@Nullable Frame parent, boolean isArray) {
        this.parent = parent;
        this.isArray = isArray;
        key = parent == null ? "" : parent.current;
        index = parent == null ? 0 : parent.count;
    }

    void key(String name) {
        current = name;
        if (parent == null && keys.size() < 100) {
            keys.add(name);
        }
        if (ChatMessage.TELLING.contains(name)) {
            members.add(name);
        }
    }

    boolean wants(String name) {
        return SAID.contains(name) || ChatMessage.TIMES.contains(name);
    }

    void say(String name, String value) {
        if (value.length() <= LONGEST) {
            said.put(name, value);
        }
    }

    /// Tells the parent what this object says, where it is about the parent.
    void close() {
        if (parent != null && key.equals("metadata") && !parent.isArray) {
            said.forEach((name, value) -> parent.said.put("metadata." + name, value));
        }
    }

    boolean isSources() {
        return isArray && parent != null && parent.parent == null && key.equals("sources");
    }

    void source(String name) {
        if (parent != null && parent.sources.size() < MOST_SOURCES) {
            parent.sources.add(name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "…");
        }
    }
}
