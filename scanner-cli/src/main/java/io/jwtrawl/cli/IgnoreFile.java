package io.jwtrawl.cli;

import io.jwtrawl.rules.PathGlob;
import io.jwtrawl.source.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `.jwtrawlignore` says: paths whose findings count nothing, written as in `.gitignore`, without character classes.
final class IgnoreFile {

    static final String FILE = ".jwtrawlignore";

    /// @param negated whether it takes back what a line before it says
    private record Line(String text, List<PathGlob> globs, boolean negated) {}

    private final List<Line> lines = new ArrayList<>();

    static IgnoreFile read(Path file) {
        var ignore = new IgnoreFile();
        try {
            Files.readAllLines(file).forEach(ignore::add);
        } catch (IOException e) {
            throw new UsageException(file + ": cannot be read: " + FailureText.of(e), e);
        }
        return ignore;
    }

    void add(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        boolean negated = text.startsWith("!");
        String pattern = negated ? text.substring(1) : text;
        boolean isFolder = pattern.endsWith("/");
        if (isFolder) {
            pattern = pattern.substring(0, pattern.length() - 1);
        }
        boolean anchored = pattern.contains("/");
        if (pattern.startsWith("/")) {
            pattern = pattern.substring(1);
        }
        String whole = anchored ? pattern : "**/" + pattern;
        List<PathGlob> globs = new ArrayList<>();
        if (!isFolder) {
            globs.add(PathGlob.of(whole));
        }
        globs.add(PathGlob.of(whole + "/*/**"));
        lines.add(new Line(text, List.copyOf(globs), negated));
    }

    /// The line that the path is ignored by; empty text if none.
    String match(String path) {
        String by = "";
        for (Line line : lines) {
            if (line.globs().stream().anyMatch(glob -> glob.matches(path))) {
                by = line.negated() ? "" : line.text();
            }
        }
        return by;
    }
}
