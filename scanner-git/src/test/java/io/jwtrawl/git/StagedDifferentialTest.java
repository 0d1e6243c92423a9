package io.jwtrawl.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.git.index.IndexDifference;
import io.jwtrawl.git.index.StagedChange;
import io.jwtrawl.git.objects.ObjectDatabase;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectReader;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read of an index is what `git diff --cached` says, for every form that Git writes an index in.
class StagedDifferentialTest {

    private static final List<String> FORMS =
            List.of(
                    "git update-index --index-version 2",
                    "git update-index --index-version 4",
                    "git update-index --split-index",
                    "git update-index --index-version 4 --split-index",
                    "git update-index --untracked-cache",
                    "git config index.skipHash true && git update-index --index-version 3",
                    "git config index.threads 4 && git config index.recordEndOfIndexEntries true");

    @TempDir Path folder = Path.of("");

    private int made;

    @Test
    void readsWhatGitShowsAsStaged() {
        Tries.run(12, random -> check(random, random.nextInt(3) == 0 ? "sha256" : "sha1", false));
    }

    @Test
    void readsSparseIndexes() {
        Tries.run(6, random -> check(random, "sha1", true));
    }

    private void check(Random random, String format, boolean isSparse) {
        GitRepo repo = GitRepo.init(folder.resolve("r" + made++), "--object-format=" + format);
        repo.git("config", "user.name", "x");
        repo.git("config", "user.email", "x@example.org");
        if (!isSparse) {
            repo.shell(FORMS.get(random.nextInt(FORMS.size())));
        }
        if (random.nextInt(4) > 0) {
            for (int i = 0; i < 30; i++) {
                repo.write(path(random, i), text(random));
            }
            repo.commit("base");
        }
        if (isSparse && !repo.shell("git rev-parse -q --verify HEAD || true").isBlank()) {
            repo.shell(
                    "git sparse-checkout set --cone --sparse-index a0 && git reset -q --soft HEAD");
        }
        for (int step = 0; step < 6; step++) {
            change(repo, random);
            assertSame(repo, "step " + step);
        }
    }

    private static void change(GitRepo repo, Random random) {
        switch (random.nextInt(8)) {
            case 0 ->
                    repo.shell(
                            "git ls-files | shuf --random-source=/dev/zero -n 3 | xargs -r git rm -qf --sparse --cached --ignore-unmatch");
            case 1 ->
                    repo.shell(
                            "f=$(git ls-files | head -n 1); [ -z \"$f\" ] || git mv --sparse -k \"$f\" moved-"
                                    + random.nextInt(99));
            case 2 ->
                    repo.write("new" + random.nextInt(50), text(random))
                            .shell("git add --sparse -N new* || true");
            case 3 -> repo.commit("all");
            case 4 ->
                    repo.shell(
                            "git ls-files | grep -v ' ' | head -n 1 | xargs -r git update-index --chmod=+x 2>/dev/null || true");
            case 5 -> {
                String id =
                        "1"
                                .repeat(
                                        repo.shell("git hash-object -w --stdin < /dev/null")
                                                .strip()
                                                .length());
                repo.shell(
                        "git update-index --add --cacheinfo 160000,"
                                + id
                                + ",sub"
                                + random.nextInt(3));
            }
            case 6 -> repo.shell("git reset -q --soft HEAD~1 2>/dev/null || true");
            default -> {
                for (int i = 0; i < 1 + random.nextInt(5); i++) {
                    repo.write(path(random, random.nextInt(60)), text(random));
                }
                repo.shell("git add --sparse . 2>/dev/null || true");
            }
        }
    }

    private static String path(Random random, int i) {
        var path = new StringBuilder();
        for (int depth = random.nextInt(4); depth > 0; depth--) {
            path.append('a').append(random.nextInt(3)).append(random.nextBoolean() ? "/" : ".d/");
        }
        return path.append(List.of("f", "a0.", "a0-", "é ", "Z").get(random.nextInt(5)))
                .append(i)
                .append("x")
                .toString();
    }

    private static String text(Random random) {
        return "line " + random.nextInt(200) + "\n";
    }

    private static void assertSame(GitRepo repo, String step) {
        List<String> expected = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        String raw = repo.git("diff", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev");
        String[] fields = raw.split("\0");
        for (int i = 0; i + 1 < fields.length; i += 2) {
            String[] words = fields[i].split(" ");
            boolean wasFile = !words[0].equals(":000000") && !words[0].equals(":160000");
            if (words[4].equals("D") && wasFile) {
                removed.add(words[2]);
            } else if (!words[4].equals("D")
                    && !words[1].equals("160000")
                    && !words[2].equals(words[3])) {
                expected.add(fields[i + 1] + " " + words[3] + " " + (wasFile ? words[2] : "-"));
            }
        }
        List<String> read = new ArrayList<>();
        List<String> readRemoved;
        GitRepository location = GitRepository.at(repo.folder()).orElseThrow();
        try (ObjectDatabase database = location.objects(Problems.TOLD_ALREADY);
                ObjectReader reader = database.newReader()) {
            Optional<ObjectId> head = HeadReader.read(location, database.format());
            IndexDifference difference =
                    StagedFiles.read(location, location.file("index"), head, reader);
            for (StagedChange change : difference.changes()) {
                read.add(
                        new String(change.path(), StandardCharsets.UTF_8)
                                + " "
                                + change.blob().name()
                                + " "
                                + change.before().map(ObjectId::name).orElse("-"));
            }
            readRemoved = difference.removed(10_000, reader).stream().map(ObjectId::name).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(step, e);
        }
        assertThat(read).as(step).containsExactlyInAnyOrderElementsOf(expected);
        if (!repo.shell("git ls-files -s").isEmpty()) {
            assertThat(readRemoved).as(step).containsExactlyInAnyOrderElementsOf(removed);
        }
    }

    @Test
    void everyFormIsReallyWritten() throws IOException {
        GitRepo repo = GitRepo.init(folder.resolve("forms"));
        repo.commit("a", "a");
        repo.shell(FORMS.get(1));
        assertThat(Files.readAllBytes(repo.folder().resolve(".git/index"))[7]).isEqualTo((byte) 4);
        repo.shell(FORMS.get(2));
        assertThat(repo.shell("ls .git")).contains("sharedindex.");
    }
}
