package io.jwtrawl.cli;

import io.jwtrawl.rules.RuleSet;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;

/// Stands for what looks for tokens: program, rules, and the options that have a say in what is found. What one has
/// searched, another has not.
final class DetectorIdentity {

    private static final List<String> OPTIONS =
            List.of("include", "exclude", "encodings", "max-token-size", "max-depth");

    private DetectorIdentity() {}

    static String of(CommandLine line, ScanOptions options) throws IOException {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            feed(sha256, Version.number());
            program(sha256);
            if (options.rulesFolder().isPresent()) {
                folder(options.rulesFolder().get(), sha256);
            }
            var values = new OptionValues(line);
            for (String option : OPTIONS) {
                values.all(option).forEach(value -> feed(sha256, option + "=" + value));
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /// The archive with the detector and the built-in rules, byte by byte: two builds may have the same version.
    private static void program(MessageDigest sha256) throws IOException {
        CodeSource source = RuleSet.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return;
        }
        try {
            Path archive = Path.of(source.getLocation().toURI());
            if (Files.isRegularFile(archive)) {
                sha256.update(Files.readAllBytes(archive));
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            // Then the version has to do.
        }
    }

    private static void folder(Path folder, MessageDigest sha256) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                feed(sha256, folder.relativize(file).toString());
                sha256.update(Files.readAllBytes(file));
            }
        }
    }

    private static void feed(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
