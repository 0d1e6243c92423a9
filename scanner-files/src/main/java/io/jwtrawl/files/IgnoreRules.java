package io.jwtrawl.files;

import io.jwtrawl.rules.IgnorePatterns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What the files called `.jwtrawlignore` in a folder and in those above it leave out, in the syntax of gitignore(5): of all
/// patterns that match a path the last decides, and those of an inner folder come behind those of an outer one.
final class IgnoreRules {

    static final String FILE = ".jwtrawlignore";

    /// Nobody writes more by hand.
    private static final int MAX_SIZE = 1024 * 1024;

    static final IgnoreRules NONE =
            new IgnoreRules(Optional.empty(), Path.of(""), IgnorePatterns.NONE);

    private final Optional<IgnoreRules> outer;
    private final Path folder;
    private final IgnorePatterns patterns;

    private IgnoreRules(Optional<IgnoreRules> outer, Path folder, IgnorePatterns patterns) {
        this.outer = outer;
        this.folder = folder;
        this.patterns = patterns;
    }

    /// With what the file in `inner` says.
    IgnoreRules within(Path inner) throws IOException {
        Path file = inner.resolve(FILE);
        if (Files.size(file) > MAX_SIZE) {
            throw new IOException("is too large for a list of patterns");
        }
        return with(inner, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    IgnoreRules with(Path inner, String text) {
        return new IgnoreRules(
                Optional.of(this), inner, IgnorePatterns.parse(text.lines().toList()));
    }

    boolean isEmpty() {
        return patterns.isEmpty() && outer.isEmpty();
    }

    /// Whether what lies at `path` is left out. Folders above it are not asked about again.
    boolean ignores(Path path, boolean isFolder) {
        if (isEmpty()) {
            return false;
        }
        Optional<Boolean> verdict = patterns.verdict(folder.relativize(path).toString(), isFolder);
        return verdict.isPresent()
                ? verdict.get()
                : outer.isPresent() && outer.get().ignores(path, isFolder);
    }
}
