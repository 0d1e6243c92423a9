package io.jwtrawl.cli;

import io.jwtrawl.rules.IgnorePatterns;
import io.jwtrawl.source.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What `.jwtrawlignore` says of findings in histories, indexes and the like: files on disk that it leaves out are not searched
/// in the first place.
final class IgnoreFile {

    static final String FILE = ".jwtrawlignore";

    private final IgnorePatterns patterns;

    private IgnoreFile(IgnorePatterns patterns) {
        this.patterns = patterns;
    }

    static IgnoreFile read(Path file) {
        try {
            return new IgnoreFile(IgnorePatterns.parse(Files.readAllLines(file)));
        } catch (IOException e) {
            throw new UsageException(file + ": cannot be read: " + FailureText.of(e), e);
        }
    }

    /// Whether the file at `path` is left out, or a folder that it lies in.
    boolean ignores(String path) {
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            if (patterns.verdict(path.substring(0, end), true).orElse(false)) {
                return true;
            }
        }
        return patterns.verdict(path, false).orElse(false);
    }
}
