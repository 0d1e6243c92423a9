package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Constants;

/// Reads refs from the files that Git keeps them in. A ref that is broken is told, not passed over: what it led to is not
/// searched.
final class RefReader {

    private static final int MAX_REF = 64 * 1024;
    static final int MAX_PACKED_REFS = 64 * 1024 * 1024;
    private static final int MAX_REFLOG = 16 * 1024 * 1024;
    private static final int MAX_SYMBOLIC = 5;
    private static final String SYMBOLIC = "ref:";

    private final GitRepository location;
    private final Problems problems;

    private final IdText<ObjectId> ids;
    private final Set<ObjectId> tips = new TreeSet<>();
    private final Set<ObjectId> ends = new HashSet<>();
    private final Map<String, ObjectId> branches = new TreeMap<>();
    private final Map<String, ObjectId> byName = new HashMap<>();

    /// Where each ref that has a file of its own leads to: these count, whatever `packed-refs` says of them.
    private final Map<String, Target> loose = new HashMap<>();

    RefReader(GitRepository location, Problems problems, IdText<ObjectId> ids) {
        this.location = location;
        this.problems = problems;
        this.ids = ids;
    }

    /// What a ref says.
    private sealed interface Target {
        record Of(ObjectId id) implements Target {}

        record Symbolic(String name) implements Target {}

        record Broken() implements Target {}
    }

    Tips read() {
        if (GitFiles.exists(location.commonFile("reftable"))) {
            problems.unreadable(
                    location.commonFile("reftable"),
                    new IOException("refs kept as reftable are not supported yet"));
        }
        Target head = head(location.file(Constants.HEAD));
        if (!location.commonFolder().equals(location.gitFolder())) {
            head(location.commonFile(Constants.HEAD));
        }
        readFolder(location.commonFile("refs"), Constants.R_REFS);
        readWorktrees();
        Optional<String> branch = followed(head);
        Optional<ObjectId> inPack = readPacked(branch);
        readStash();
        Optional<ObjectId> id =
                head instanceof Target.Of(var detached)
                        ? Optional.of(detached)
                        : branch.map(loose::get)
                                .flatMap(target ->
                                        target instanceof Target.Of(var of)
                                                ? Optional.of(of)
                                                : Optional.empty())
                                .or(() -> inPack);
        loose.forEach((name, target) ->
                followed(target)
                        .flatMap(to -> Optional.ofNullable(byName.get(to)))
                        .ifPresent(to -> byName.put(name, to)));
        return new Tips(tips, ends, id, branch, branches, byName);
    }

    private Target head(Path file) {
        // Before refs that point to refs, HEAD was a link to one.
        try {
            if (Files.isSymbolicLink(file)) {
                String target = Files.readSymbolicLink(file).toString();
                if (target.startsWith(Constants.R_REFS)) {
                    return new Target.Symbolic(target);
                }
            }
        } catch (IOException e) {
            problems.unreadable(file, e);
            return new Target.Broken();
        }
        return add(Constants.HEAD, file);
    }

    /// The ref that `target` leads to in the end, if it leads to one.
    private Optional<String> followed(Target target) {
        Target next = target;
        Optional<String> name = Optional.empty();
        for (int i = 0; i < MAX_SYMBOLIC && next instanceof Target.Symbolic(var to); i++) {
            name = Optional.of(to);
            next = loose.getOrDefault(to, new Target.Broken());
        }
        return name;
    }

    private void readWorktrees() {
        Path worktrees = location.commonFile("worktrees");
        if (!Files.isDirectory(worktrees)) {
            return;
        }
        for (Path worktree : listed(worktrees)) {
            Path head = worktree.resolve(Constants.HEAD);
            if (GitFiles.exists(head) && !isOurs(worktree)) {
                head(head);
            }
            Path refs = worktree.resolve("refs");
            if (GitFiles.exists(refs)) {
                readFolder(refs, worktree.getFileName() + "/" + Constants.R_REFS);
            }
        }
    }

    private boolean isOurs(Path worktree) {
        try {
            return Files.isSameFile(worktree, location.gitFolder());
        } catch (IOException e) {
            return false;
        }
    }

    private void readFolder(Path folder, String prefix) {
        for (Path file : listed(folder)) {
            String name = file.getFileName().toString();
            if (name.startsWith(".") || name.endsWith(".lock")) {
                continue; // Git takes neither for a ref
            }
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                readFolder(file, prefix + name + "/");
            } else if (Files.isDirectory(file)) {
                problems.unreadable(file, new IOException("a link to a folder"));
            } else {
                loose.put(prefix + name, add(prefix + name, file));
            }
        }
    }

    /// Notes what the ref in `file` leads to.
    private Target add(String name, Path file) {
        try {
            String text =
                    new String(GitFiles.read(file, MAX_REF), StandardCharsets.UTF_8)
                            .stripTrailing();
            if (text.startsWith(SYMBOLIC)) {
                return new Target.Symbolic(text.substring(SYMBOLIC.length()).strip());
            }
            ObjectId id = ids.first(text).orElseThrow(RefReader::broken);
            add(name, id);
            return new Target.Of(id);
        } catch (IOException e) {
            problems.unreadable(file, e);
            return new Target.Broken();
        }
    }

    private void add(String name, ObjectId id) {
        tips.add(id);
        if (name.startsWith(Constants.R_REFS)) {
            byName.putIfAbsent(name, id);
        }
        if (name.startsWith(Constants.R_HEADS) || name.startsWith(Constants.R_REMOTES)) {
            branches.put(name, id);
        }
        if (!name.startsWith(Constants.R_TAGS)) {
            ends.add(id);
        }
    }

    private static IOException broken() {
        return new IOException("a broken ref");
    }

    /// @return what it says of `wanted`
    private Optional<ObjectId> readPacked(Optional<String> wanted) {
        Optional<ObjectId> found = Optional.empty();
        Path file = location.commonFile(Constants.PACKED_REFS);
        if (!GitFiles.exists(file)) {
            return found;
        }
        try {
            GitFiles.requireFile(file, MAX_PACKED_REFS);
            boolean broken = false;
            try (BufferedReader lines =
                    Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.isEmpty() || line.startsWith("#") || line.startsWith("^")) {
                        continue;
                    }
                    Optional<ObjectId> id = ids.first(line);
                    broken |= id.isEmpty();
                    String name =
                            new String(
                                    line.substring(Math.min(line.length(), ids.digits() + 1))
                                            .getBytes(StandardCharsets.ISO_8859_1),
                                    StandardCharsets.UTF_8);
                    if (id.isPresent() && !loose.containsKey(name)) {
                        add(name, id.get());
                        if (wanted.isPresent() && name.equals(wanted.get())) {
                            found = id;
                        }
                    }
                }
            }
            if (broken) {
                throw broken();
            }
        } catch (IOException e) {
            problems.unreadable(file, e);
        }
        return found;
    }

    /// The stash is one ref; all entries but the latest are only in its log.
    private void readStash() {
        Path log = location.commonFile("logs/" + Constants.R_STASH);
        try {
            for (String line : GitFiles.lines(log, MAX_REFLOG).orElse(List.of())) {
                if (line.length() > 2 * ids.digits() + 1) {
                    add(Constants.R_STASH, ids.second(line).orElseThrow(RefReader::broken));
                }
            }
        } catch (IOException e) {
            problems.unreadable(log, e);
        }
    }

    private List<Path> listed(Path folder) {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(paths::add);
        } catch (IOException | DirectoryIteratorException e) {
            problems.unreadable(folder, e);
        }
        return paths;
    }
}
