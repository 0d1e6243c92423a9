package io.jwtrawl.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ranges of histories made up at random, against what the git command line tells: a token came with a commit at a path if
/// that has it there and none of its parents has.
class RangeDifferentialTest {

    private static final int TOKENS = 6;

    @TempDir Path folder = Path.of("");

    private final Map<String, Map<String, Set<String>>> trees = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void tellsWhatGitTells(long seed) {
        var random = new Random(seed);
        GitRepo repo = history(random);
        List<String> commits = repo.git("rev-list", "--all").lines().toList();
        for (int i = 0; i < 8; i++) {
            String range = range(random, commits);
            assertThat(found(repo, range))
                    .as("seed " + seed + ", range " + range)
                    .containsExactlyInAnyOrderElementsOf(expected(repo, range));
            if (i == 3) {
                repo.git("gc", "--quiet");
            }
        }
    }

    private GitRepo history(Random random) {
        GitRepo repo = GitRepo.init(folder.resolve("repo"));
        repo.commit("f0/x", "begin");
        for (int i = 0; i < 25; i++) {
            String branch = "b" + random.nextInt(3);
            switch (random.nextInt(6)) {
                case 0 -> repo.git("checkout", "-q", "-B", branch);
                case 1 -> repo.shell("git checkout -q " + branch + " 2>/dev/null || true");
                case 2 ->
                        repo.shell(
                                "git -c user.name=a -c user.email=a merge -q -X theirs -m merge "
                                        + branch
                                        + " 2>/dev/null || git merge --abort 2>/dev/null || true");
                default -> {
                    var content = new StringBuilder("line " + i + "\n");
                    for (int token = 0; token < TOKENS; token++) {
                        if (random.nextInt(4) == 0) {
                            content.append(Tokens.any(token)).append('\n');
                        }
                    }
                    repo.commit(
                            "f" + random.nextInt(2) + "/" + "xy".charAt(random.nextInt(2)),
                            content.toString());
                }
            }
        }
        return repo;
    }

    private static String range(Random random, List<String> commits) {
        String a = commits.get(random.nextInt(commits.size()));
        String b = commits.get(random.nextInt(commits.size()));
        return switch (random.nextInt(5)) {
            case 0 -> a + ".." + b;
            case 1 -> a + "..." + b;
            case 2 -> a + " " + b + " ^" + commits.get(random.nextInt(commits.size()));
            case 3 -> a + "^!";
            default -> a;
        };
    }

    private static Set<String> found(GitRepo repo, String range) {
        var selection = GitScans.selection(List.of(range), List.of(), Optional.empty());
        Set<String> found = new HashSet<>();
        var report = GitScans.history(repo.folder(), selection);
        assertThat(report.incidents()).isEmpty();
        var other = GitScans.history(repo.folder(), selection, ObjectReading.JGIT);
        assertThat(GitScans.told(report)).isEqualTo(GitScans.told(other));
        assertThat(other.incidents()).isEmpty();
        report.findings()
                .forEach(finding -> {
                    assertThat(finding.sighting().provenance())
                            .isInstanceOf(Provenance.CommittedFile.class);
                    found.add(GitScans.committed(finding).path() + " " + GitScans.token(finding));
                });
        return found;
    }

    private Set<String> expected(GitRepo repo, String range) {
        List<String> command = new ArrayList<>(List.of("rev-list", "--parents"));
        command.addAll(List.of(range.split(" ")));
        Set<String> expected = new HashSet<>();
        for (String line : repo.git(command.toArray(String[]::new)).lines().toList()) {
            String[] ids = line.split(" ");
            tree(repo, ids[0])
                    .forEach((path, tokens) -> {
                        for (String token : tokens) {
                            boolean isOld = false;
                            for (int i = 1; i < ids.length; i++) {
                                isOld |=
                                        tree(repo, ids[i])
                                                .getOrDefault(path, Set.of())
                                                .contains(token);
                            }
                            if (!isOld) {
                                expected.add(path + " " + token);
                            }
                        }
                    });
        }
        return expected;
    }

    /// The tokens of each file of a commit.
    private Map<String, Set<String>> tree(GitRepo repo, String commit) {
        Map<String, Set<String>> known = trees.get(commit);
        if (known != null) {
            return known;
        }
        Map<String, Set<String>> tree = new HashMap<>();
        for (String path : repo.git("ls-tree", "-r", "--name-only", commit).lines().toList()) {
            Set<String> tokens = new HashSet<>();
            repo.git("cat-file", "blob", commit + ":" + path)
                    .lines()
                    .filter(line -> line.startsWith("eyJ"))
                    .forEach(tokens::add);
            tree.put(path, tokens);
        }
        trees.put(commit, tree);
        return tree;
    }
}
