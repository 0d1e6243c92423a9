package io.jwtrawl.documents.reader;

import io.jwtrawl.documents.protocol.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The folder that the process has for its temporary files, and nobody else.
final class TemporaryFolder {

    private TemporaryFolder() {}

    /// Deletes it, in case that the scan is gone, which would do that.
    static void delete() {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        if (!folder.getFileName().toString().startsWith(Frame.TEMPORARY)) {
            return; // started by hand: it belongs to everybody
        }
        try (Stream<Path> left = Files.walk(folder)) {
            List<Path> files = left.sorted(Comparator.reverseOrder()).toList();
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // Then it stays, for this user alone.
        }
    }
}
