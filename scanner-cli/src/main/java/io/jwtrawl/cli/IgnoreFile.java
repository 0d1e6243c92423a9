package io.jwtrawl.cli;

import io.jwtrawl.rules.IgnorePattern;
import io.jwtrawl.source.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `.jwtrawlignore` says of findings in histories, indexes and the like: files on disk that it leaves out are not searched
/// in the first place.
final class IgnoreFile {

    static final String FILE = ".jwtrawlignore";

    private final List<IgnorePattern> patterns = new ArrayList<>();

    static IgnoreFile read(Path file) {
        var ignore = new IgnoreFile();
        try {
            for (String line : Files.readAllLines(file)) {
                IgnorePattern.parse(line).ifPresent(ignore.patterns::add);
            }
        } catch (IOException e) {
            throw new UsageException(file + ": cannot be read: " + FailureText.of(e), e);
        }
        return ignore;
    }

    /// Whether the file at `path` is left out, or a folder that it lies in.
    boolean ignores(String path) {
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            if (ignores(path.substring(0, end), true)) {
                return true;
            }
        }
        return ignores(path, false);
    }

    private boolean ignores(String path, boolean isFolder) {
        for (IgnorePattern pattern : patterns.reversed()) {
            if (pattern.matches(path, isFolder)) {
                return !pattern.isException();
            }
        }
        return false;
    }
}
