package io.jwtrawl.cli;

import io.jwtrawl.source.FailureText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A file with a repository on each line, a path or a URL; paths are relative to the file's folder. Blank lines and lines
/// that begin with `#` say nothing.
final class RepositoryList {

    private RepositoryList() {}

    static List<String> read(Path file) {
        Set<String> repositories = new LinkedHashSet<>();
        try {
            for (String line : Files.readString(file, StandardCharsets.UTF_8).lines().toList()) {
                String entry = line.strip();
                if (!entry.isEmpty() && !entry.startsWith("#")) {
                    repositories.add(entry);
                }
            }
        } catch (IOException e) {
            throw new UsageException(
                    "--repos " + file + ": cannot be read: " + FailureText.of(e), e);
        }
        if (repositories.isEmpty()) {
            throw new UsageException("--repos " + file + ": no repository is in it");
        }
        return List.copyOf(repositories);
    }
}
