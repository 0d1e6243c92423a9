package io.jwtrawl.cli;

import java.nio.file.Path;

/// Where the user keeps files.
final class UserFolder {

    private UserFolder() {}

    /// What `HOME` says, as for Git and the launcher; else what the system says of the user.
    static Path home() {
        String home = System.getenv().getOrDefault("HOME", "");
        return Path.of(home.isEmpty() ? System.getProperty("user.home") : home);
    }
}
