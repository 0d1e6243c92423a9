package io.jwtrawl.bench;

import io.jwtrawl.source.PathText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// When tokens came to and went from paths, by what `git log` prints of every commit against every parent.
final class BruteHistory {

    private final Map<String, Set<String>> tokens;
    private final Map<Spot, Story> stories = new HashMap<>();

    /// The changes against each parent of the commit that is being read.
    private final List<Map<String, Change>> changes = new ArrayList<>();

    private String commit = "";
    private int parents;

    /// A token at a path.
    record Spot(String token, String path) {}

    /// The commits with which a token came to a path and went from it.
    record Story(Set<String> introduced, Set<String> removed) {}

    private record Change(String before, String after) {}

    private BruteHistory(Map<String, Set<String>> tokens) {
        this.tokens = tokens;
    }

    /// @param tokens those of each object
    static Map<Spot, Story> of(Path repository, Map<String, Set<String>> tokens)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("jwtrawl-bench", ".log");
        try {
            Process git =
                    new ProcessBuilder(
                                    "git",
                                    "-C",
                                    repository.toString(),
                                    "log",
                                    "--all",
                                    "--root",
                                    "-m",
                                    "--raw",
                                    "--no-abbrev",
                                    "--no-renames",
                                    "-z",
                                    "--format=%x01%H %P%x01")
                            .redirectOutput(out.toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            if (git.waitFor() != 0) {
                throw new IOException("git log failed");
            }
            var history = new BruteHistory(tokens);
            history.read(new String(Files.readAllBytes(out), StandardCharsets.ISO_8859_1));
            return history.stories;
        } finally {
            Files.delete(out);
        }
    }

    private void read(String log) {
        int at = 0;
        while (at < log.length()) {
            if (log.charAt(at) == '\1') {
                int end = log.indexOf('\1', at + 1);
                begin(log.substring(at + 1, end).strip().split(" "));
                at = end + 1;
            } else if (log.charAt(at) == ':') {
                int end = log.indexOf('\0', at);
                String[] words = log.substring(at, end).split(" ");
                int pathEnd = log.indexOf('\0', end + 1);
                byte[] path = log.substring(end + 1, pathEnd).getBytes(StandardCharsets.ISO_8859_1);
                changes.getLast().put(PathText.of(path), new Change(words[2], words[3]));
                at = pathEnd + 1;
            } else {
                at++;
            }
        }
        finish();
    }

    private void begin(String[] ids) {
        if (!ids[0].equals(commit)) {
            finish();
            commit = ids[0];
            parents = ids.length - 1;
        }
        changes.add(new HashMap<>());
    }

    /// Where a merge has the same as one of its parents, `git log` leaves that one out.
    private void finish() {
        boolean againstAll = changes.size() >= parents;
        Set<String> paths = new HashSet<>();
        changes.forEach(change -> paths.addAll(change.keySet()));
        for (String path : paths) {
            if (againstAll) {
                inAll(path).forEach(token -> story(token, path).introduced().add(commit));
            }
            for (Map<String, Change> change : changes) {
                Change one = change.get(path);
                if (one != null) {
                    for (String token : tokens.getOrDefault(one.before(), Set.of())) {
                        if (!tokens.getOrDefault(one.after(), Set.of()).contains(token)) {
                            story(token, path).removed().add(commit);
                        }
                    }
                }
            }
        }
        changes.clear();
    }

    /// The tokens that came to a path, whichever parent is looked at.
    private Set<String> inAll(String path) {
        Set<String> all = new HashSet<>();
        boolean first = true;
        for (Map<String, Change> change : changes) {
            Set<String> came = new HashSet<>();
            Change one = change.get(path);
            if (one != null) {
                came.addAll(tokens.getOrDefault(one.after(), Set.of()));
                came.removeAll(tokens.getOrDefault(one.before(), Set.of()));
            }
            if (first) {
                all.addAll(came);
            } else {
                all.retainAll(came);
            }
            first = false;
        }
        return all;
    }

    private Story story(String token, String path) {
        return stories.computeIfAbsent(
                new Spot(token, path), _ -> new Story(new TreeSet<>(), new TreeSet<>()));
    }
}
