package io.jwtrawl.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.rules.IgnorePattern;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `.jwtrawlignore` leaves out is what Git leaves out by a `.gitignore` of the same text. (Git takes a letter that is
/// not ASCII for several characters; here it is one.)
class IgnoreRulesTest {

    private static final List<String> NAMES = List.of("a", "b", "ab", "a.log", "x[1]");

    @TempDir Path folder = Path.of("");

    private int made;

    @Test
    void leavesOutWhatGitDoes() {
        Tries.run(
                25,
                random -> {
                    GitRepo repo = GitRepo.init(folder.resolve("repo" + made++));
                    List<String> paths = new ArrayList<>();
                    for (String one : NAMES) {
                        for (String two : NAMES) {
                            paths.add("d/" + one + "/" + two + "/f");
                            paths.add(one + "x/" + two);
                        }
                    }
                    paths.forEach(path -> repo.write(path, ""));
                    String outer = text(random);
                    String inner = text(random);
                    repo.write(".gitignore", outer);
                    repo.write("d/.gitignore", inner);
                    List<String> byGit =
                            new TreeSet<>(
                                            repo.git(
                                                            "-c",
                                                            "core.quotePath=false",
                                                            "ls-files",
                                                            "--others",
                                                            "--exclude-standard")
                                                    .lines()
                                                    .filter(path -> !path.endsWith(".gitignore"))
                                                    .toList())
                                    .stream().toList();
                    assertThat(kept(repo.folder(), paths, outer, inner))
                            .as("%s--- inner%n%s", outer, inner)
                            .isEqualTo(byGit);
                });
    }

    private static List<String> kept(Path root, List<String> paths, String outer, String inner) {
        IgnoreRules top = IgnoreRules.NONE.with(root, outer);
        IgnoreRules below = top.with(root.resolve("d"), inner);
        return new TreeSet<>(
                        paths.stream().filter(path -> !isLeftOut(root, path, top, below)).toList())
                .stream().toList();
    }

    /// Folders are asked about first, as the walk does.
    private static boolean isLeftOut(Path root, String path, IgnoreRules top, IgnoreRules below) {
        String[] names = path.split("/", -1);
        Path at = root;
        for (int i = 0; i < names.length; i++) {
            at = at.resolve(names[i]);
            IgnoreRules rules = i > 0 && names[0].equals("d") ? below : top;
            if (rules.ignores(at, i < names.length - 1)) {
                return true;
            }
        }
        return false;
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(random.nextInt(3) == 0 ? "!" : "");
            text.append(random.nextInt(4) == 0 ? "/" : "");
            int parts = 1 + random.nextInt(3);
            for (int part = 0; part < parts; part++) {
                text.append(part > 0 ? "/" : "").append(glob(random));
            }
            text.append(random.nextInt(4) == 0 ? "/" : "")
                    .append(random.nextInt(9) == 0 ? "  " : "");
            text.append('\n');
        }
        return text.append("# a comment\n\n").toString();
    }

    private static String glob(Random random) {
        List<String> globs =
                List.of(
                        "*",
                        "**",
                        "a",
                        "b",
                        "a*",
                        "*b",
                        "?",
                        "[ab]",
                        "[!a]",
                        "d",
                        "*.log",
                        "x\\[1\\]",
                        "[a-z]x",
                        "f",
                        "ax",
                        "*a*x*");
        return globs.get(random.nextInt(globs.size()));
    }

    @Test
    void takesNoTimeForManyStars() throws IOException {
        var pattern = IgnorePattern.parse("*a".repeat(30) + "b").orElseThrow();
        assertThat(pattern.matches("a".repeat(10_000), false)).isFalse();
    }
}
