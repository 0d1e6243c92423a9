package io.jwtrawl.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.git.GitOracle.Spot;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.RandomRepo;
import io.jwtrawl.testkit.Tries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What each mode tells of random repositories, against every file of every commit as the git command line prints them.
/// `-Djwtrawl.tries` makes more of them.
class ModesDifferentialTest {

    private static final int COMMITS = 25;
    private static final int TRIES = 4;

    @TempDir Path folder = Path.of("");

    private int made;

    /// @param introduced the commits that tokens at paths are said to have come with
    /// @param messages objects with a token in their own text, each with the token
    private record Told(Map<Spot, Set<String>> introduced, Set<List<String>> messages) {}

    @Test
    void since() {
        Tries.run(
                TRIES,
                random -> {
                    GitRepo repo = RandomRepo.make(next(), COMMITS, random);
                    var oracle = new GitOracle(repo.folder());
                    Map<String, Long> dates = oracle.dates();
                    List<Long> all = List.copyOf(dates.values());
                    long since = all.get(random.nextInt(all.size())) + random.nextInt(3) - 1;
                    Set<String> commits = new TreeSet<>(dates.keySet());
                    commits.removeIf(commit -> dates.getOrDefault(commit, 0L) < since);
                    Set<String> searched = new HashSet<>(commits);
                    searched.addAll(tags(oracle)); // all of them are younger
                    check(
                            repo.folder(),
                            GitScans.selection(
                                    List.of(),
                                    List.of(),
                                    Optional.of(Instant.ofEpochSecond(since))),
                            oracle,
                            commits,
                            searched);
                });
    }

    @Test
    void branches() {
        Tries.run(
                TRIES,
                random -> {
                    GitRepo repo = RandomRepo.make(next(), COMMITS, random);
                    var oracle = new GitOracle(repo.folder());
                    String branch = random.nextBoolean() ? "mai*" : "branch-*";
                    List<String> commits =
                            oracle.lines("rev-list", "--glob=refs/heads/" + branch, "--");
                    check(
                            repo.folder(),
                            GitScans.selection(List.of(), List.of(branch), Optional.empty()),
                            oracle,
                            commits,
                            commits);
                });
    }

    @Test
    void ranges() {
        Tries.run(
                TRIES,
                random -> {
                    GitRepo repo = RandomRepo.make(next(), COMMITS, random);
                    var oracle = new GitOracle(repo.folder());
                    List<String> all = List.copyOf(oracle.dates().keySet());
                    for (int i = 0; i < 3; i++) {
                        String range = any(all, random) + dots(random) + any(all, random);
                        List<String> commits = oracle.lines("rev-list", range, "--");
                        check(
                                repo.folder(),
                                GitScans.selection(List.of(range), List.of(), Optional.empty()),
                                oracle,
                                commits,
                                commits);
                    }
                });
    }

    private static String any(List<String> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    private static String dots(Random random) {
        return random.nextInt(3) == 0 ? "..." : "..";
    }

    /// A real push into a server whose hook keeps what it got, and where, then refuses it.
    @Test
    void received() {
        Tries.run(
                TRIES,
                random -> {
                    GitRepo repo = RandomRepo.make(next(), COMMITS, random);
                    var oracle = new GitOracle(repo.folder());
                    GitRepo server = GitRepo.init(next(), serverOptions(repo));
                    List<String> before = List.copyOf(oracle.dates().keySet());
                    String old = any(before, random);
                    if (random.nextInt(4) > 0) {
                        repo.git("push", "-q", url(server), old + ":refs/heads/main");
                        if (random.nextBoolean()) {
                            server.git("gc", "-q");
                        }
                    }
                    server.git(
                            "config", "receive.unpackLimit", random.nextBoolean() ? "1" : "100000");
                    hook(server);
                    repo.shell(
                            "git push -q --force "
                                    + url(server)
                                    + " 'refs/heads/*:refs/heads/*' 'refs/tags/*:refs/tags/*' || :");
                    Path quarantine = server.folder().resolve("kept");
                    List<ReceivedRef> refs = refs(server.folder().resolve("told"));
                    List<String> command = new ArrayList<>(List.of("rev-list", "--ignore-missing"));
                    refs.forEach(ref -> command.add(ref.after().orElseThrow()));
                    command.add("--not");
                    command.addAll(
                            server.git("for-each-ref", "--format=%(objectname)").lines().toList());
                    Collection<String> commits =
                            refs.isEmpty()
                                    ? List.of()
                                    : oracle.lines(command.toArray(String[]::new));
                    Set<String> searched = new HashSet<>(commits);
                    searched.addAll(tags(oracle));
                    check(
                            server.folder(),
                            HistorySelection.received(refs),
                            List.of(quarantine),
                            oracle,
                            commits,
                            searched);
                });
    }

    private static String[] serverOptions(GitRepo repo) {
        String format = repo.git("rev-parse", "--show-object-format").strip();
        return new String[] {"--bare", "--object-format=" + format};
    }

    private static String url(GitRepo server) {
        return "file://" + server.folder();
    }

    private static void hook(GitRepo server) {
        Path hook = server.folder().resolve("hooks/pre-receive");
        try {
            Files.createDirectories(hook.getParent());
            Files.writeString(
                    hook,
                    """
                    #!/bin/sh
                    cat > told
                    cp -r "$GIT_QUARANTINE_PATH" kept
                    exit 1
                    """);
            assertThat(hook.toFile().setExecutable(true)).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ReceivedRef> refs(Path told) {
        try {
            return Files.readAllLines(told).stream()
                    .map(line -> ReceivedRef.parse(line).orElseThrow())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whatever is added, and however it is packed, each place is told once, when it is there for the first time.
    @Test
    void state() {
        Tries.run(
                TRIES,
                random -> {
                    Path bare = next();
                    var repo = RandomRepo.begin(bare, random);
                    Path state = bare.resolveSibling(bare.getFileName() + ".state");
                    Set<Spot> spots = new HashSet<>();
                    Set<List<String>> messages = new HashSet<>();
                    for (int step = 0; step < 4; step++) {
                        repo.grow(1 + random.nextInt(10));
                        if (random.nextBoolean()) {
                            repo.repack(GitRepo.at(bare));
                        }
                        Told told = told(scanned(bare, state));
                        var oracle = new GitOracle(bare);
                        assertThat(told.introduced().keySet()).noneMatch(spots::contains);
                        assertThat(told.messages()).noneMatch(messages::contains);
                        spots.addAll(told.introduced().keySet());
                        messages.addAll(told.messages());
                        assertThat(spots).containsAll(oracle.stories().keySet());
                        assertThat(messages).containsAll(messages(oracle, oracle.reachable()));
                        var stories = oracle.stories();
                        told.introduced()
                                .forEach((spot, commits) ->
                                        assertThat(
                                                        Objects.requireNonNull(stories.get(spot))
                                                                .introduced())
                                                .as("%s", spot)
                                                .containsAll(commits));
                        repo.repack(GitRepo.at(bare));
                        assertThat(scanned(bare, state).findings()).isEmpty();
                    }
                });
    }

    private static ScanReport scanned(Path repository, Path state) {
        try {
            var repositories =
                    new GitRepositories(
                            PathFilter.ALL,
                            HistorySelection.REACHABLE,
                            List.of(),
                            Optional.of(SearchState.open(state, "detector")));
            ScanReport report =
                    GitScans.run(
                            repositories.crawlerFor(repository).orElseThrow(),
                            Optional.of(repositories));
            repositories.remember(report);
            assertThat(report.incidents()).isEmpty();
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(
            Path repository,
            HistorySelection selection,
            GitOracle oracle,
            Collection<String> commits,
            Collection<String> searched) {
        check(repository, selection, List.of(), oracle, commits, searched);
    }

    /// @param searched commits and tags whose text is searched
    private static void check(
            Path repository,
            HistorySelection selection,
            List<Path> borrowed,
            GitOracle oracle,
            Collection<String> commits,
            Collection<String> searched) {
        for (ObjectReading reading : readings(repository)) {
            var repositories =
                    new GitRepositories(
                            PathFilter.ALL,
                            selection,
                            borrowed,
                            Optional.empty(),
                            Optional.of(reading));
            ScanReport report =
                    GitScans.run(
                            repositories.crawlerFor(repository).orElseThrow(),
                            Optional.of(repositories));
            assertThat(report.incidents()).isEmpty();
            Told told = told(report);
            Map<Spot, Set<String>> brought = oracle.brought(commits);
            assertThat(told.introduced().keySet()).isEqualTo(brought.keySet());
            told.introduced()
                    .forEach((spot, introduced) ->
                            assertThat(brought.getOrDefault(spot, Set.of()))
                                    .as("%s", spot)
                                    .containsAll(introduced));
            assertThat(told.messages()).isEqualTo(messages(oracle, searched));
        }
    }

    /// JGit reads no SHA-256.
    private static List<ObjectReading> readings(Path repository) {
        return GitRepo.at(repository)
                        .git("rev-parse", "--show-object-format")
                        .strip()
                        .equals("sha1")
                ? List.of(ObjectReading.PACKS, ObjectReading.JGIT)
                : List.of(ObjectReading.PACKS);
    }

    private static Told told(ScanReport report) {
        Map<Spot, Set<String>> introduced = new HashMap<>();
        Set<List<String>> messages = new HashSet<>();
        for (Finding finding : report.findings()) {
            String token = GitScans.token(finding);
            switch (finding.sighting().provenance().outermost()) {
                case Provenance.CommittedFile(_, _, var path, var history) ->
                        introduced
                                .computeIfAbsent(new Spot(path, token), _ -> new TreeSet<>())
                                .add(history.introduced().commit());
                case Provenance.GitMessage message ->
                        messages.add(List.of(message.objectId(), token));
                case Provenance other -> throw new AssertionError(other);
            }
        }
        return new Told(introduced, messages);
    }

    private static Set<String> tags(GitOracle oracle) {
        Set<String> tags = new HashSet<>();
        for (String line :
                oracle.lines("for-each-ref", "--format=%(objecttype) %(objectname)", "refs/tags")) {
            if (line.startsWith("tag ")) {
                tags.add(line.substring(4));
            }
        }
        return tags;
    }

    private static Set<List<String>> messages(GitOracle oracle, Collection<String> ids) {
        Set<List<String>> messages = new HashSet<>();
        Set<String> wanted = Set.copyOf(ids);
        oracle.tokens()
                .forEach((id, tokens) -> {
                    String type = Objects.requireNonNull(oracle.objects().get(id)).type();
                    if (wanted.contains(id) && !type.equals("blob")) {
                        tokens.forEach(token -> messages.add(List.of(id, token)));
                    }
                });
        return messages;
    }

    private Path next() {
        return folder.resolve("repo-" + made++);
    }
}
