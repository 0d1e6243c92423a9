package io.jwtrawl.git;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.TokenFinder;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.token.Sighting;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the git command line says of a repository: the other way of knowing.
final class GitOracle {

    private final Path repository;
    private final Map<String, Entry> objects = new TreeMap<>();
    private final Map<String, Set<Spot>> byCommit = new HashMap<>();
    private final Map<String, List<String>> parents = new HashMap<>();

    /// @param repository whose objects are read, all of them, reachable or not
    GitOracle(Path repository) {
        this.repository = repository;
        readObjects();
    }

    /// An object as `git cat-file` prints it.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(String type, byte[] content) {}

    /// One file of one commit.
    record Spot(String path, String token) {}

    /// When a token came to and went from a path.
    ///
    /// @param introduced the commits that have it while no parent has
    /// @param removed the commits that do not have it while a parent has
    /// @param inHead whether the commit that is checked out has it
    record Story(Set<String> introduced, Set<String> removed, boolean inHead) {}

    Map<String, Entry> objects() {
        return objects;
    }

    /// The tokens in each object but trees, by its id; none of those without.
    Map<String, Set<String>> tokens() {
        Map<String, Set<String>> tokens = new TreeMap<>();
        objects.forEach((id, entry) -> {
            if (!entry.type().equals("tree")) {
                Set<String> found = tokensIn(entry.content());
                if (!found.isEmpty()) {
                    tokens.put(id, found);
                }
            }
        });
        return tokens;
    }

    private static Set<String> tokensIn(byte[] content) {
        return TokenFinder.find(content, RuleSet.builtIn(), Limits.DEFAULT).stream()
                .map(GitOracle::text)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static String text(Sighting sighting) {
        return new String(sighting.token().text().reveal(), StandardCharsets.US_ASCII);
    }

    /// The objects that refs lead to.
    Set<String> reachable() {
        return lines("rev-list", "--all", "--objects", "HEAD", "--").stream()
                .map(line -> line.split(" ", 2)[0])
                .collect(Collectors.toSet());
    }

    /// By brute force: every file of every commit.
    Map<Spot, Story> stories() {
        readCommits();
        String head = lines("rev-parse", "HEAD").getFirst();
        Set<Spot> inHead = byCommit.getOrDefault(head, Set.of());
        Map<Spot, Story> stories = new HashMap<>();
        byCommit.forEach((commit, spots) -> {
            Set<Spot> before = before(commit);
            for (Spot spot : spots) {
                Story story = story(stories, spot, inHead);
                if (!before.contains(spot)) {
                    story.introduced().add(commit);
                }
            }
            for (Spot spot : before) {
                if (!spots.contains(spot)) {
                    story(stories, spot, inHead).removed().add(commit);
                }
            }
        });
        return stories;
    }

    /// Which of `commits` have each token at a path where none of their parents has it.
    Map<Spot, Set<String>> brought(Collection<String> commits) {
        readCommits();
        Map<Spot, Set<String>> brought = new HashMap<>();
        for (String commit : commits) {
            Set<Spot> before = before(commit);
            for (Spot spot : byCommit.getOrDefault(commit, Set.of())) {
                if (!before.contains(spot)) {
                    brought.computeIfAbsent(spot, _ -> new TreeSet<>()).add(commit);
                }
            }
        }
        return brought;
    }

    /// The branches whose last commit has a token at a path.
    Set<String> branches(Spot spot) {
        readCommits();
        Set<String> branches = new TreeSet<>();
        for (String line :
                lines("for-each-ref", "--format=%(objectname) %(refname:short)", "refs/heads")) {
            String[] words = line.split(" ", 2);
            if (byCommit.getOrDefault(words[0], Set.of()).contains(spot)) {
                branches.add(words[1]);
            }
        }
        return branches;
    }

    /// Every commit that a branch or tag leads to, and when it was committed, in seconds.
    Map<String, Long> dates() {
        Map<String, Long> dates = new TreeMap<>();
        for (String line : lines("log", "--all", "--format=%H %ct", "HEAD", "--")) {
            String[] words = line.split(" ");
            dates.put(words[0], Long.valueOf(words[1]));
        }
        return dates;
    }

    private void readCommits() {
        if (!byCommit.isEmpty()) {
            return;
        }
        Map<String, Set<String>> tokens = tokens();
        for (String line : lines("rev-list", "--all", "--parents", "HEAD", "--")) {
            List<String> ids = List.of(line.split(" "));
            parents.put(ids.getFirst(), ids.subList(1, ids.size()));
            byCommit.put(ids.getFirst(), spots(ids.getFirst(), tokens));
        }
    }

    private Set<Spot> before(String commit) {
        Set<Spot> before = new HashSet<>();
        parents.getOrDefault(commit, List.of())
                .forEach(parent -> before.addAll(byCommit.getOrDefault(parent, Set.of())));
        return before;
    }

    private static Story story(Map<Spot, Story> stories, Spot spot, Set<Spot> head) {
        return stories.computeIfAbsent(
                spot, _ -> new Story(new TreeSet<>(), new TreeSet<>(), head.contains(spot)));
    }

    private Set<Spot> spots(String commit, Map<String, Set<String>> tokens) {
        Set<Spot> spots = new HashSet<>();
        String listed = new String(run("ls-tree", "-r", "-z", commit), StandardCharsets.UTF_8);
        for (String entry : listed.split("\0")) {
            if (entry.isEmpty()) {
                continue;
            }
            String blob = entry.substring(0, entry.indexOf('\t')).split(" ")[2];
            String path = entry.substring(entry.indexOf('\t') + 1);
            for (String token : tokens.getOrDefault(blob, Set.of())) {
                spots.add(new Spot(io.jwtrawl.source.PathText.escape(path), token));
            }
        }
        return spots;
    }

    List<String> lines(String... arguments) {
        return new String(run(arguments), StandardCharsets.UTF_8).lines().toList();
    }

    private byte[] run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(Arrays.asList(arguments));
        try {
            Process process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
            byte[] output = process.getInputStream().readAllBytes();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(
                        command
                                + new String(
                                        process.getErrorStream().readAllBytes(),
                                        StandardCharsets.UTF_8));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void readObjects() {
        try {
            Process process =
                    new ProcessBuilder(
                                    "git",
                                    "-C",
                                    repository.toString(),
                                    "cat-file",
                                    "--batch-all-objects",
                                    "--batch")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            var in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                String[] words = line.split(" ");
                byte[] content = new byte[Integer.parseInt(words[2])];
                in.readFully(content);
                in.readByte();
                objects.put(words[0], new Entry(words[1], content));
            }
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String line(DataInputStream in) throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.append((char) b);
        }
        return line.toString();
    }
}
