package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.source.StateText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The [StateText] that a state is kept as: a line for each fact, `KEY VALUE`.
final class StateFile {

    private static final String FIRST = "jwtrawl-state 1";
    private static final int MAX_SIZE = 1024 * 1024 * 1024;
    private static final String DETECTOR = "detector";
    private static final String REPOSITORY = "repository";

    /// Keys whose values are ids of objects.
    private static final Set<String> IDS =
            Set.of("tip", "gone", "shallow", "unread", "holed", "loose", "head");

    private static final Set<String> TEXTS = Set.of("pack", "index", "finding");

    private StateFile() {}

    /// What a file holds.
    ///
    /// @param detector what found the findings that it speaks of
    /// @param repositories by [GitRepository#identity]
    record Contents(String detector, Map<String, RepositoryMemory> repositories) {}

    /// @throws StateFileException if the file is something else than a state
    /// @throws DamagedException if it is a state that was not written to its end, or was changed since
    static Contents read(Path file) throws IOException, DamagedException {
        byte[] bytes = GitFiles.read(file, MAX_SIZE);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!text.startsWith(FIRST + "\n")) {
            throw new StateFileException("not a state that jwtrawl wrote");
        }
        String whole = StateText.verified(text).orElseThrow(DamagedException::new);
        try {
            return parse(whole, FIRST.length() + 1, whole.length());
        } catch (IllegalArgumentException e) {
            throw new DamagedException();
        }
    }

    /// The file is a state, but cannot be relied on.
    static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1;
    }

    private static Contents parse(String text, int from, int to) throws DamagedException {
        String detector = "";
        Map<String, RepositoryMemory> repositories = new HashMap<>();
        String repository = "";
        Draft draft = new Draft();
        for (int start = from; start < to; ) {
            int end = text.indexOf('\n', start);
            int space = text.indexOf(' ', start);
            if (space < 0 || space > end) {
                throw new DamagedException();
            }
            String key = text.substring(start, space);
            String value = text.substring(space + 1, end);
            if (key.equals(DETECTOR)) {
                detector = value;
            } else if (key.equals(REPOSITORY)) {
                if (!repository.isEmpty()) {
                    repositories.put(repository, draft.memory());
                }
                repository = decoded(value);
                draft = new Draft();
            } else {
                draft.add(key, value);
            }
            start = end + 1;
        }
        if (!repository.isEmpty()) {
            repositories.put(repository, draft.memory());
        }
        return new Contents(detector, repositories);
    }

    /// A path may hold line feeds.
    private static String encoded(String path) {
        return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D");
    }

    private static String decoded(String path) {
        return path.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    }

    private static final class Draft {
        private final Map<String, Set<ObjectId>> ids = new HashMap<>();
        private final Map<String, Set<String>> texts = new HashMap<>();

        void add(String key, String value) throws DamagedException {
            if (TEXTS.contains(key)) {
                texts.computeIfAbsent(key, _ -> new HashSet<>()).add(value);
            } else if (IDS.contains(key)) {
                ids.computeIfAbsent(key, _ -> new HashSet<>()).add(ObjectId.fromString(value));
            } else {
                throw new DamagedException();
            }
        }

        RepositoryMemory memory() {
            return new RepositoryMemory(
                    ids("tip"),
                    ids("gone"),
                    ids("shallow"),
                    ids("unread"),
                    ids("holed"),
                    texts("pack"),
                    ids("loose"),
                    texts("index"),
                    ids("head").stream().filter(id -> !id.isZero()).findFirst(),
                    texts("finding"));
        }

        private Set<ObjectId> ids(String key) {
            return ids.getOrDefault(key, Set.of());
        }

        private Set<String> texts(String key) {
            return texts.getOrDefault(key, Set.of());
        }
    }

    static void write(Path file, Contents contents) throws IOException {
        var text = new StringBuilder(FIRST).append('\n');
        line(text, DETECTOR, contents.detector());
        new TreeMap<>(contents.repositories())
                .forEach((name, memory) -> {
                    line(text, REPOSITORY, encoded(name));
                    ids(text, "head", memory.head().map(Set::of).orElse(Set.of()));
                    ids(text, "tip", memory.tips());
                    ids(text, "gone", memory.gone());
                    ids(text, "shallow", memory.shallow());
                    ids(text, "unread", memory.unread());
                    ids(text, "holed", memory.holed());
                    texts(text, "pack", memory.packs());
                    ids(text, "loose", memory.loose());
                    texts(text, "index", memory.indexes());
                    texts(text, "finding", memory.findings());
                });
        StateText.write(file, text.toString());
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append(' ').append(value).append('\n');
    }

    private static void ids(StringBuilder text, String key, Set<ObjectId> ids) {
        ids.stream().map(ObjectId::name).sorted().forEach(id -> line(text, key, id));
    }

    private static void texts(StringBuilder text, String key, Set<String> values) {
        values.stream().sorted().forEach(value -> line(text, key, value));
    }
}
