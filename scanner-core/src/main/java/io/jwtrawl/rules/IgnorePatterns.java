package io.jwtrawl.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The patterns of one file that lists what to leave out, in its order.
public record IgnorePatterns(List<IgnorePattern> patterns) {

    public static final IgnorePatterns NONE = new IgnorePatterns(List.of());

    public IgnorePatterns {
        patterns = List.copyOf(patterns);
    }

    public static IgnorePatterns parse(Iterable<String> lines) {
        List<IgnorePattern> read = new ArrayList<>();
        for (String line : lines) {
            IgnorePattern.parse(line).ifPresent(read::add);
        }
        return new IgnorePatterns(read);
    }

    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /// Whether what lies at `path` is left out; empty if no pattern matches it. Of those that do, the last decides.
    public Optional<Boolean> verdict(String path, boolean isFolder) {
        for (int i = patterns.size() - 1; i >= 0; i--) {
            if (patterns.get(i).matches(path, isFolder)) {
                return Optional.of(!patterns.get(i).isException());
            }
        }
        return Optional.empty();
    }
}
