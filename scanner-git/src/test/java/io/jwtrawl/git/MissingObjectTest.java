package io.jwtrawl.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.Incident;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.RandomRepo;
import io.jwtrawl.testkit.Tries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is missing is named if refs lead there, and only then: told by us, and by `git rev-list`.
class MissingObjectTest {

    @TempDir Path folder = Path.of("");

    private int made;

    @Test
    void namesWhatGitMisses() {
        Tries.run(
                12,
                random -> {
                    GitRepo repo = RandomRepo.make(folder.resolve("repo-" + made++), 12, random);
                    // All loose, but for what stays in the pack of the first half.
                    repo.shell(
                            "mkdir away && mv objects/pack/* away/ 2>/dev/null;"
                                    + " for p in away/*.pack; do [ -f \"$p\" ] || continue;"
                                    + " git unpack-objects -q < \"$p\"; done; rm -rf away");
                    if (random.nextBoolean()) {
                        repo.shell(
                                "git rev-list --all | tail -n 5 | git rev-list --objects --stdin |"
                                        + " cut -c1-40 | git pack-objects -q objects/pack/pack"
                                        + " && git prune-packed -q");
                    }
                    lose(repo, 1 + random.nextInt(3), random);
                    assertThat(missing(repo))
                            .isEqualTo(
                                    new TreeSet<>(
                                            repo.git(
                                                            "rev-list",
                                                            "--objects",
                                                            "--all",
                                                            "--reflog",
                                                            "--missing=print")
                                                    .lines()
                                                    .filter(line -> line.startsWith("?"))
                                                    .map(line -> line.substring(1))
                                                    .toList()));
                });
    }

    /// Deletes some objects, but no commit: `git rev-list` gives up there.
    private static void lose(GitRepo repo, int count, Random random) {
        List<String> loose =
                repo.shell(
                                "find objects/?? -type f | sed 's|objects/||; s|/||' |"
                                        + " git cat-file --batch-check | grep -E ' (blob|tree) ' |"
                                        + " cut -d' ' -f1 | sort")
                        .lines()
                        .toList();
        for (int i = 0; i < count && !loose.isEmpty(); i++) {
            String id = loose.get(random.nextInt(loose.size()));
            try {
                Files.deleteIfExists(
                        repo.folder()
                                .resolve("objects")
                                .resolve(id.substring(0, 2))
                                .resolve(id.substring(2)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Set<String> missing(GitRepo repo) {
        Set<String> ids = new TreeSet<>();
        for (Incident incident : GitScans.history(repo.folder()).incidents()) {
            String text = incident.toString();
            assertThat(text).contains("missing");
            ids.add(text.replaceAll("(?s).*\\b([0-9a-f]{40}|[0-9a-f]{64})\\b.*", "$1"));
        }
        return ids;
    }
}
