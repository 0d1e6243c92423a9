package io.jwtrawl.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The file `rules/secrets/weak-secrets.txt` as rules/README.md describes it.
class WeakSecretsFileTest {

    private static final String HEADER = "#!";
    private static final Pattern SECRET =
            Pattern.compile("(?:[ -\\[\\]-~]|\\\\\\\\|\\\\x[0-9a-f]{2})+");

    private static List<String> lines() throws IOException {
        return Files.readAllLines(
                Path.of("../rules/secrets/weak-secrets.txt"), StandardCharsets.US_ASCII);
    }

    @Test
    void holdsThousandsOfSecretsEachOnce() throws IOException {
        Set<String> secrets = new HashSet<>();
        for (String line : lines()) {
            if (!line.startsWith(HEADER)) {
                assertThat(secrets.add(line)).as("twice: %s", line).isTrue();
            }
        }
        assertThat(secrets).hasSizeGreaterThan(3500).contains("secret", "your-256-bit-secret");
    }

    @Test
    void everyLineIsPrintableAndNothingIsLostAtItsEnds() throws IOException {
        for (String line : lines()) {
            if (!line.startsWith(HEADER)) {
                assertThat(line).matches(SECRET).doesNotStartWith(" ").doesNotEndWith(" ");
            }
        }
    }

    @Test
    void saysWhereItComesFromAndHoldsNoToken() throws IOException {
        assertThat(lines().getFirst()).startsWith(HEADER);
        assertThat(String.join("\n", lines())).contains("MIT License").doesNotContain("eyJ");
    }
}
