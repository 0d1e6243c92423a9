package io.jwtrawl.cli;

import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.ClassArchive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.commons.cli.CommandLine;

/// Stands for what looks for tokens: program, rules, and the options that have a say in what is found. What one has
/// searched, another has not.
final class DetectorIdentity {

    private static final List<String> OPTIONS =
            List.of(
                    "include",
                    "exclude",
                    "encodings",
                    "max-token-size",
                    "max-depth",
                    "max-entries",
                    "max-ratio",
                    "max-expanded",
                    "max-unpack-time",
                    "max-document-time",
                    "max-document-memory");

    private DetectorIdentity() {}

    static String of(CommandLine line, ScanOptions options) throws IOException {
        var checksum = new CRC32C();
        program(checksum);
        if (options.rulesFolder().isPresent()) {
            folder(options.rulesFolder().get(), checksum);
        }
        var values = new OptionValues(line);
        for (String option : OPTIONS) {
            for (String value : values.all(option)) {
                feed(checksum, option + "=" + value);
            }
        }
        if (!options.opensArchives()) {
            feed(checksum, UnpackingOptions.NO_ARCHIVES);
        }
        if (!options.opensDocuments()) {
            feed(checksum, DocumentOptions.NO_DOCUMENTS);
        }
        return Version.number() + " " + Long.toHexString(checksum.getValue());
    }

    /// The archive with the detector and the built-in rules, byte by byte: two builds may have the same version.
    private static void program(CRC32C checksum) throws IOException {
        Path archive = ClassArchive.of(RuleSet.class);
        if (Files.isRegularFile(archive)) {
            checksum.update(Files.readAllBytes(archive));
        }
    }

    private static void folder(Path folder, CRC32C checksum) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                feed(checksum, folder.relativize(file).toString());
                checksum.update(Files.readAllBytes(file));
            }
        }
    }

    private static void feed(CRC32C checksum, String text) {
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        checksum.update(0);
    }
}
