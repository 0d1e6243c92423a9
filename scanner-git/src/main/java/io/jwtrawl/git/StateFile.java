package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// The text that a state is kept as: a line for each fact, `KEY VALUE`, and at the end a checksum of all that is before
/// it. It is written beside the old one and then takes its place, so that an interrupted scan leaves the old one.
final class StateFile {

    private static final String FIRST = "jwtrawl-state 1";
    private static final int MAX_SIZE = 1024 * 1024 * 1024;
    private static final String DETECTOR = "detector";
    private static final String REPOSITORY = "repository";
    private static final String END = "end";

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
        int end = text.lastIndexOf("\n" + END + " ") + 1;
        if (end == 0 || !text.substring(end).equals(END + " " + checksum(text, end) + "\n")) {
            throw new DamagedException();
        }
        try {
            return parse(text, FIRST.length() + 1, end);
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
        String all = text.toString();
        replace(
                file,
                (all + END + " " + checksum(all, all.length()) + "\n")
                        .getBytes(StandardCharsets.UTF_8));
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

    private static void replace(Path file, byte[] bytes) throws IOException {
        // Through a link, so that the link stays.
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null
                || (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                        && !Files.isRegularFile(target))) {
            throw new StateFileException("not a regular file");
        }
        boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
        Path draft =
                posix
                        ? Files.createTempFile(
                                folder,
                                ".jwtrawl-state",
                                ".tmp",
                                PosixFilePermissions.asFileAttribute(
                                        PosixFilePermissions.fromString("rw-------")))
                        : Files.createTempFile(folder, ".jwtrawl-state", ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                var buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            try {
                Files.move(
                        draft,
                        target,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /// Against accidents, not against enemies: whoever may write the file may write another checksum.
    private static String checksum(String text, int end) {
        var crc = new CRC32C();
        crc.update(text.substring(0, end).getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
