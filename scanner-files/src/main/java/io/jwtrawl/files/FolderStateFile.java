package io.jwtrawl.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// The text that a [FolderState] is kept as: a line for each fact, `KEY VALUE`, and at the end a checksum of all that is
/// before it. It is written beside the old one and then takes its place, so that an interrupted scan leaves the old one.
final class FolderStateFile {

    private static final String FIRST = "jwtrawl-files-state 1";
    private static final long MAX_SIZE = 1024L * 1024 * 1024;
    private static final String DETECTOR = "detector ";
    private static final String FILE = "file ";
    private static final String FINDING = "finding ";
    private static final String END = "end ";

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
        int end = text.lastIndexOf("\n" + END) + 1;
        if (end == 0 || !text.substring(end).equals(END + checksum(text, end) + "\n")) {
            return Optional.empty();
        }
        String detector = "";
        Map<String, FolderState.Known> files = new HashMap<>();
        Set<String> findings = new HashSet<>();
        for (String line : text.substring(FIRST.length() + 1, end).lines().toList()) {
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
        String all = text.toString();
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException("not a regular file");
        }
        // Only its owner may read a temporary file.
        Path draft = Files.createTempFile(folder, ".jwtrawl-state", ".tmp");
        try {
            Files.writeString(draft, all + END + checksum(all, all.length()) + "\n");
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /// Against accidents, not against enemies: whoever may write the file may write another checksum.
    private static String checksum(String text, int end) {
        var crc = new CRC32C();
        crc.update(text.substring(0, end).getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
