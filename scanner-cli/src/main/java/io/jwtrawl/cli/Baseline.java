package io.jwtrawl.cli;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.source.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The findings that are known and were let be, in a file of JSON lines in a fixed order, which merges well: of each
/// nothing but the token's hash and its path, so that neither lines nor commits matter.
///
/// A token whose path in the file has it no more, and that is at another path now, has moved there and is known still; at
/// one path more than before it is new there.
final class Baseline {

    private static final String TOKEN = "token";
    private static final String PATH = "path";
    private static final int MAX_BYTES = 256 * 1024 * 1024;

    private final Path file;

    /// For each token the paths where it is known.
    private final Map<String, Set<String>> known = new TreeMap<>();

    private Baseline(Path file) {
        this.file = file;
    }

    /// @param mustExist whether it is an error if there is none yet
    static Baseline read(Path file, boolean mustExist) {
        var baseline = new Baseline(file);
        if (!Files.exists(file)) {
            if (mustExist) {
                throw new UsageException(
                        "--baseline " + file + ": no such file; --update-baseline makes one");
            }
            return baseline;
        }
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                throw new UsageException("--baseline " + file + ": not a file of usual size");
            }
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (!line.isBlank()) {
                    baseline.add(line, number);
                }
            }
        } catch (IOException e) {
            throw new UsageException(
                    "--baseline " + file + ": cannot be read: " + FailureText.of(e), e);
        }
        return baseline;
    }

    private void add(String line, int number) {
        try {
            JsonNode json = JsonMapper.shared().readTree(line);
            String token = json.path(TOKEN).asString("");
            if (token.matches("[0-9a-f]{64}") && json.path(PATH).isString()) {
                add(token, json.path(PATH).asString());
                return;
            }
        } catch (JacksonException e) {
            // Told below.
        }
        throw new UsageException(
                file
                        + ":"
                        + number
                        + ": expected {\"token\":\"64 hexadecimal digits\",\"path\":\"…\"}"
                        + "; a report of gitleaks becomes one by `jwtrawl baseline import`");
    }

    void add(String token, String path) {
        known.computeIfAbsent(token, _ -> new TreeSet<>()).add(path);
    }

    void add(Finding finding) {
        add(finding.sighting().token().id().hex(), pathOf(finding));
    }

    private static String pathOf(Finding finding) {
        return finding.place().inner().isEmpty()
                ? finding.place().path()
                : finding.place().path() + "!/" + String.join("!/", finding.place().inner());
    }

    /// Those of the findings that are known.
    Set<Finding> among(List<Finding> findings) {
        Map<String, List<Finding>> byToken = new TreeMap<>();
        for (Finding finding : findings) {
            byToken.computeIfAbsent(finding.sighting().token().id().hex(), _ -> new ArrayList<>())
                    .add(finding);
        }
        Set<Finding> among = new HashSet<>();
        byToken.forEach((token, found) -> {
            Set<String> left = new TreeSet<>(known.getOrDefault(token, Set.of()));
            Set<String> moved = new TreeSet<>();
            for (Finding finding : found) {
                if (known.getOrDefault(token, Set.of()).contains(pathOf(finding))) {
                    left.remove(pathOf(finding));
                    among.add(finding);
                } else {
                    moved.add(pathOf(finding));
                }
            }
            int movable = left.size();
            for (String path : moved) {
                if (movable-- > 0) {
                    found.stream()
                            .filter(finding -> pathOf(finding).equals(path))
                            .forEach(among::add);
                }
            }
        });
        return among;
    }

    /// Forgets what is not among the findings, and notes where the others have moved to.
    ///
    /// @return how many entries are fewer
    int keepOnly(List<Finding> findings) {
        int before = size();
        Set<Finding> still = among(findings);
        known.clear();
        still.forEach(this::add);
        return before - size();
    }

    int size() {
        return known.values().stream().mapToInt(Set::size).sum();
    }

    /// Writes it in one step.
    void write() {
        var text = new StringBuilder();
        known.forEach((token, paths) -> {
            for (String path : paths) {
                ObjectNode line = JsonMapper.shared().createObjectNode();
                line.put(TOKEN, token);
                line.put(PATH, path);
                text.append(line).append('\n');
            }
        });
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Files.writeString(unfinished, text);
            Files.move(
                    unfinished,
                    file,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UsageException(
                    "--baseline " + file + ": cannot be written: " + FailureText.of(e), e);
        }
    }
}
