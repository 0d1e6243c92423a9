package io.jwtrawl.files;

import io.jwtrawl.rules.IgnorePattern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the files called `.jwtrawlignore` in a folder and in those above it leave out, in the syntax of gitignore(5): of all
/// patterns that match a path the last decides, and those of an inner folder come behind those of an outer one.
final class IgnoreRules {

    static final String FILE = ".jwtrawlignore";

    /// Nobody writes more by hand.
    private static final int MAX_SIZE = 1024 * 1024;

    static final IgnoreRules NONE = new IgnoreRules(Optional.empty(), Path.of(""), List.of());

    private final Optional<IgnoreRules> outer;
    private final Path folder;
    private final List<IgnorePattern> patterns;

    private IgnoreRules(Optional<IgnoreRules> outer, Path folder, List<IgnorePattern> patterns) {
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
        List<IgnorePattern> read = new ArrayList<>();
        text.lines().forEach(line -> IgnorePattern.parse(line).ifPresent(read::add));
        return new IgnoreRules(Optional.of(this), inner, List.copyOf(read));
    }

    boolean isEmpty() {
        return patterns.isEmpty() && outer.isEmpty();
    }

    /// Whether what lies at `path` is left out. Folders above it are not asked about again.
    boolean ignores(Path path, boolean isFolder) {
        if (isEmpty()) {
            return false;
        }
        String relative = folder.relativize(path).toString();
        for (int i = patterns.size() - 1; i >= 0; i--) {
            if (patterns.get(i).matches(relative, isFolder)) {
                return !patterns.get(i).isException();
            }
        }
        return outer.isPresent() && outer.get().ignores(path, isFolder);
    }
}
