package io.jwtrawl.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A repository with a random history that the real `git` makes and packs: branches, merges, octopuses, renames, copies,
/// odd names, links, submodules, tags, tokens that come and go, and objects that nothing leads to any more.
public final class RandomRepo {

    private static final String[] NAMES = {
        "a.txt",
        "b",
        "config.env",
        "über.md",
        "two words",
        "quo\"te",
        "tab\there",
        "new\nline",
        "-dash",
        "z\\z"
    };

    private static final String[] FOLDERS = {"", "", "src/", "src/main/", "docs/ä/", "x/y/z/w/"};

    private static final int LINES = 60;

    private final Path folder;
    private final Random random;
    private final ByteArrayOutputStream commands = new ByteArrayOutputStream();

    /// By commit, the paths that it has and what lies there.
    private final List<Map<String, List<String>>> commits = new ArrayList<>();

    private RandomRepo(Path folder, Random random) {
        this.folder = folder;
        this.random = random;
    }

    /// Makes a bare repository in `folder`.
    ///
    /// @param commits how many commits at least
    public static GitRepo make(Path folder, int commits, Random random) {
        RandomRepo made = begin(folder, random);
        GitRepo repo = GitRepo.at(folder);
        made.write(commits);
        made.run();
        made.pack(repo);
        if (random.nextBoolean()) {
            made.commands.reset();
            made.write(1 + commits / 4);
            made.run();
            if (random.nextBoolean()) {
                repo.shell(
                        "ls objects/pack/*.pack >/dev/null 2>&1 && git multi-pack-index write || :");
            }
        }
        made.forget(repo);
        return repo;
    }

    /// Begins a bare repository in `folder` that is to grow.
    public static RandomRepo begin(Path folder, Random random) {
        List<String> options = new ArrayList<>(List.of("--bare"));
        if (random.nextInt(4) == 0) {
            options.add("--object-format=sha256");
        }
        GitRepo.init(folder, options.toArray(String[]::new));
        return new RandomRepo(folder, random);
    }

    /// Adds commits, moves branches to any commit, and adds a tag.
    public void grow(int count) {
        commands.reset();
        write(count);
        run();
    }

    /// Packs what there is in one of the ways in which Git does, or not at all.
    public void repack(GitRepo repo) {
        pack(repo);
    }

    private void write(int count) {
        for (int i = 0; i < count; i++) {
            commit();
        }
        for (int branch = 0; branch < 3; branch++) {
            text("reset refs/heads/branch-" + branch + "\nfrom :" + mark(any()) + "\n\n");
        }
        text("reset refs/heads/main\nfrom :" + mark(commits.size() - 1) + "\n\n");
        text("tag v" + commits.size() + "\nfrom :" + mark(any()) + "\n");
        text("tagger Tag Ger <tag@example.org> 1700000000 +0100\n");
        data("a tag" + maybeToken(4));
    }

    private int any() {
        return random.nextInt(commits.size());
    }

    /// fast-import's marks begin with 1.
    private static int mark(int commit) {
        return commit + 1;
    }

    private void commit() {
        int number = commits.size();
        text("commit refs/heads/made\nmark :" + mark(number) + "\n");
        String person =
                random.nextInt(4) == 0
                        ? "J\u00f6rg \u4e2d\u6587 <j@example.org>"
                        : "Ada <ada@example.org>";
        long when = 1_600_000_000L + 60L * number + random.nextInt(200);
        text("author " + person + " " + when + " +0200\n");
        text("committer Carl <carl@example.org> " + (when + 5) + " -0330\n");
        data("commit " + number + maybeToken(12));
        Map<String, List<String>> files = new LinkedHashMap<>();
        if (number > 0 && random.nextInt(20) > 0) {
            int parents = random.nextInt(5) > 0 ? 1 : 2 + random.nextInt(2);
            int first = number > 3 && random.nextInt(4) == 0 ? any() : number - 1;
            text("from :" + mark(first) + "\n");
            files.putAll(commits.get(first));
            for (int i = 1; i < parents; i++) {
                text("merge :" + mark(any()) + "\n");
            }
        } else {
            text("deleteall\n");
        }
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            change(files);
        }
        text("\n");
        commits.add(files);
    }

    private void change(Map<String, List<String>> files) {
        List<String> paths = new ArrayList<>(files.keySet());
        int kind = paths.isEmpty() ? 0 : random.nextInt(10);
        String path = path();
        if (kind < 2) {
            if (!conflicts(path, files)) {
                modify(path, lines(), files);
            }
            return;
        }
        String old = paths.get(random.nextInt(paths.size()));
        if (kind < 7) {
            List<String> lines = new ArrayList<>(files.get(old));
            for (int i = 0; i <= random.nextInt(4); i++) {
                int at = random.nextInt(lines.size() + 1);
                if (random.nextBoolean() && at < lines.size()) {
                    lines.remove(at);
                } else {
                    lines.add(at, line());
                }
            }
            modify(old, lines, files);
        } else if (kind == 7) {
            text("D " + quoted(old) + "\n");
            files.remove(old);
        } else if (!conflicts(path, files)) {
            text((kind == 8 ? "R " : "C ") + quoted(old) + " " + quoted(path) + "\n");
            files.put(path, files.get(old));
            if (kind == 8) {
                files.remove(old);
            }
        }
    }

    private void modify(String path, List<String> lines, Map<String, List<String>> files) {
        int kind = random.nextInt(30);
        if (kind == 0) {
            text("M 160000 " + "12".repeat(isSha256() ? 32 : 20) + " " + quoted(path) + "\n");
            files.put(path, List.of());
            return;
        }
        text("M " + (kind == 1 ? "120000" : kind == 2 ? "100755" : "100644") + " inline ");
        text(quoted(path) + "\n");
        data(String.join("\n", lines));
        files.put(path, lines);
    }

    private boolean isSha256() {
        try {
            return Files.readString(folder.resolve("config")).contains("sha256");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean conflicts(String path, Map<String, List<String>> files) {
        return files.keySet().stream()
                .anyMatch(other ->
                        other.equals(path)
                                || other.startsWith(path + "/")
                                || path.startsWith(other + "/"));
    }

    private String path() {
        return FOLDERS[random.nextInt(FOLDERS.length)] + NAMES[random.nextInt(NAMES.length)];
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        int count = 1 + random.nextInt(LINES);
        for (int i = 0; i < count; i++) {
            lines.add(line());
        }
        return lines;
    }

    private String line() {
        return "line " + random.nextInt(1_000_000) + maybeToken(25);
    }

    /// One in so many times a token, of which there are few, so that they come up again.
    private String maybeToken(int oneIn) {
        return random.nextInt(oneIn) == 0 ? " token=" + Tokens.any(random.nextInt(12)) : "";
    }

    private static String quoted(String path) {
        return "\""
                + path.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                + "\"";
    }

    private void text(String text) {
        commands.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void data(String data) {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        text("data " + bytes.length + "\n");
        commands.writeBytes(bytes);
        text("\n");
    }

    private void run() {
        try {
            Process process =
                    new ProcessBuilder(
                                    "git",
                                    "-c",
                                    "fastimport.unpackLimit=" + (random.nextBoolean() ? 1 : 1000),
                                    "fast-import",
                                    "--quiet",
                                    "--force",
                                    "--export-marks=marks",
                                    "--import-marks-if-exists=marks")
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("import.log").toFile())
                            .start();
            try (OutputStream in = process.getOutputStream()) {
                commands.writeTo(in);
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException(Files.readString(folder.resolve("import.log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void pack(GitRepo repo) {
        String depth = "--depth=" + (1 + random.nextInt(120));
        String window = "--window=" + (2 + random.nextInt(60));
        switch (random.nextInt(6)) {
            case 0 -> repo.git("repack", "-adfkq", depth, window);
            case 1 ->
                    repo.git(
                            "-c",
                            "repack.useDeltaBaseOffset=false",
                            "repack",
                            "-adfkq",
                            depth,
                            window);
            case 2 -> repo.git("-c", "pack.indexVersion=1", "repack", "-adfkq", depth, window);
            case 3 -> repo.git("gc", "-q");
            case 4 -> repo.git("-c", "pack.packSizeLimit=8k", "repack", "-adfkq", depth);
            default -> {}
        }
    }

    /// Leaves some objects without anything that leads to them, and points `HEAD` somewhere.
    private void forget(GitRepo repo) {
        repo.git("update-ref", "-d", "refs/heads/made");
        if (random.nextBoolean()) {
            repo.git("update-ref", "-d", "refs/heads/branch-0");
        }
        if (random.nextBoolean()) {
            repo.git("symbolic-ref", "HEAD", "refs/heads/branch-1");
        }
        if (random.nextBoolean()) {
            repo.git("pack-refs", "--all");
        }
    }
}
