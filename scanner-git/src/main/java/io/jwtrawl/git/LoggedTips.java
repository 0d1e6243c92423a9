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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;

/// What refs led to before they were moved, by their logs, and what Git notes while it fetches, merges or rebases: the
/// only way to a commit that was amended, or to a branch that was deleted. What is no longer there was thrown away on
/// purpose, and nobody misses it.
final class LoggedTips {

    private static final long MAX_LOG = 64L * 1024 * 1024;
    private static final int MAX_NOTED = 16 * 1024 * 1024;
    private static final int MAX_DEPTH = 64;

    /// Files in a Git folder, each line of which begins with an id.
    private static final List<String> NOTED =
            List.of(
                    Constants.ORIG_HEAD,
                    Constants.FETCH_HEAD,
                    Constants.MERGE_HEAD,
                    Constants.CHERRY_PICK_HEAD,
                    Constants.REVERT_HEAD,
                    "REBASE_HEAD",
                    "BISECT_HEAD",
                    "AUTO_MERGE",
                    "rebase-merge/autostash",
                    "rebase-apply/autostash",
                    "MERGE_AUTOSTASH");

    private final Problems problems;
    private final IdText<ObjectId> ids;
    private final Set<ObjectId> tips = new HashSet<>();

    private LoggedTips(IdText<ObjectId> ids, Problems problems) {
        this.ids = ids;
        this.problems = problems;
    }

    /// Whether an object is there.
    interface Presence {
        boolean has(ObjectId id) throws IOException;
    }

    /// Those of the tips that are still there.
    static Set<ObjectId> of(
            GitRepository location, IdText<ObjectId> ids, Presence presence, Problems problems) {
        Set<ObjectId> tips = logged(location, ids, problems);
        tips.addAll(noted(location, ids, problems));
        tips.removeIf(id -> {
            try {
                return !presence.has(id);
            } catch (IOException | RuntimeException e) {
                return false; // broken: told by whoever reads it
            }
        });
        return tips;
    }

    /// All that was logged, be it there or not.
    static Set<ObjectId> logged(GitRepository location, IdText<ObjectId> ids, Problems problems) {
        var logged = new LoggedTips(ids, problems);
        gitFolders(location).forEach(logged::readLogsOf);
        return logged.tips;
    }

    /// All that was noted, be it there or not.
    static Set<ObjectId> noted(GitRepository location, IdText<ObjectId> ids, Problems problems) {
        var noted = new LoggedTips(ids, problems);
        gitFolders(location).forEach(noted::readNotesOf);
        return noted.tips;
    }

    private static List<Path> gitFolders(GitRepository location) {
        List<Path> folders = new ArrayList<>(List.of(location.commonFolder()));
        Path worktrees = location.commonFile("worktrees");
        if (Files.isDirectory(worktrees)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(worktrees)) {
                entries.forEach(folders::add);
            } catch (IOException | DirectoryIteratorException e) {
                // Whoever reads the refs tells.
            }
        }
        return folders;
    }

    private void readNotesOf(Path folder) {
        for (String name : NOTED) {
            Path file = folder.resolve(name);
            try {
                for (String line : GitFiles.lines(file, MAX_NOTED).orElse(List.of())) {
                    ids.first(line).ifPresent(tips::add);
                }
            } catch (IOException e) {
                problems.unreadable(file, e);
            }
        }
    }

    private void readLogsOf(Path folder) {
        Path logs = folder.resolve("logs");
        if (Files.isDirectory(logs, LinkOption.NOFOLLOW_LINKS)) {
            readLogs(logs, 0);
        }
    }

    private void readLogs(Path folder, int depth) {
        for (Path file : listed(folder)) {
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                if (depth < MAX_DEPTH) {
                    readLogs(file, depth + 1);
                }
            } else {
                readLog(file);
            }
        }
    }

    private void readLog(Path file) {
        try {
            GitFiles.requireFile(file, MAX_LOG);
            try (BufferedReader lines =
                    Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    ids.first(line).ifPresent(tips::add);
                    ids.second(line).ifPresent(tips::add);
                }
            }
        } catch (IOException e) {
            problems.unreadable(file, e);
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
