package io.jwtrawl.files;

import io.jwtrawl.source.StateText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The [StateText] that a [FolderState] is kept as: a line for each fact, `KEY VALUE`.
final class FolderStateFile {

    private static final String FIRST = "jwtrawl-files-state 1";
    private static final long MAX_SIZE = 1024L * 1024 * 1024;
    private static final String DETECTOR = "detector ";
    private static final String FILE = "file ";
    private static final String FINDING = "finding ";

    private FolderStateFile() {}

    /// @param files by their paths, percent-encoded
    record Contents(String detector, Map<String, FolderState.Known> files, Set<String> findings) {}

    /// Empty if it was not written to its end, or was changed since.
    ///
    /// @throws IOException if it is something else than a state
    static Optional<Contents> read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_SIZE) {
            throw new IOException("not a state that jwtrawl wrote");
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        if (!text.startsWith(FIRST + "\n")) {
            throw new IOException("not a state that jwtrawl wrote for folders");
        }
        Optional<String> whole = StateText.verified(text);
        if (whole.isEmpty()) {
            return Optional.empty();
        }
        String detector = "";
        Map<String, FolderState.Known> files = new HashMap<>();
        Set<String> findings = new HashSet<>();
        for (String line : whole.get().substring(FIRST.length() + 1).lines().toList()) {
            if (line.startsWith(DETECTOR)) {
                detector = line.substring(DETECTOR.length());
            } else if (line.startsWith(FINDING)) {
                findings.add(line.substring(FINDING.length()));
            } else {
                String[] words = line.split(" ", -1);
                if (words.length != 6 || !line.startsWith(FILE)) {
                    return Optional.empty();
                }
                try {
                    files.put(
                            words[5],
                            new FolderState.Known(
                                    Long.parseLong(words[1]),
                                    Long.parseLong(words[2]),
                                    Long.parseLong(words[3]),
                                    words[4]));
                } catch (NumberFormatException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Contents(detector, files, findings));
    }

    static void write(Path file, Contents contents) throws IOException {
        var text = new StringBuilder(FIRST).append('\n');
        text.append(DETECTOR).append(contents.detector()).append('\n');
        new TreeMap<>(contents.files())
                .forEach((path, known) ->
                        text.append(FILE)
                                .append(known.size())
                                .append(' ')
                                .append(known.modified())
                                .append(' ')
                                .append(known.inode())
                                .append(' ')
                                .append(known.hash())
                                .append(' ')
                                .append(path)
                                .append('\n'));
        contents.findings().stream()
                .sorted()
                .forEach(finding -> text.append(FINDING).append(finding).append('\n'));
        StateText.write(file, text.toString());
    }
}
