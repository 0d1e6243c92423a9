package io.jwtrawl.cli;

import io.jwtrawl.source.ClassArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The distribution that this program runs from.
final class Installation {

    private Installation() {}

    /// The folder that has `bin` and `lib` in it.
    static Path home() throws IOException {
        return Optional.ofNullable(ClassArchive.of(Installation.class).getParent())
                .map(Path::getParent)
                .orElseThrow(() -> new IOException("jwtrawl does not know where it is"));
    }

    /// The Java that runs it.
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
