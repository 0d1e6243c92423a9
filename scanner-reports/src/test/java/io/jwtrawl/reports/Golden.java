package io.jwtrawl.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Compares with a checked-in file, or writes it anew with `-Djwtrawl.golden=update`.
final class Golden {

    private Golden() {}

    static void check(String name, String actual) {
        Path file = Path.of("src/test/resources/golden").resolve(name);
        try {
            if ("update".equals(System.getProperty("jwtrawl.golden"))) {
                Files.writeString(file, actual);
            }
            assertThat(actual).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
