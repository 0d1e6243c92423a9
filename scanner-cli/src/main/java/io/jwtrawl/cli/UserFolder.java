package io.jwtrawl.cli;

import java.nio.file.Path;

/// Where files of this program lie that belong to a user (XDG Base Directory Specification).
enum UserFolder {
    CACHE("XDG_CACHE_HOME", ".cache"),
    CONFIG("XDG_CONFIG_HOME", ".config");

    private final String variable;
    private final String usual;

    UserFolder(String variable, String usual) {
        this.variable = variable;
        this.usual = usual;
    }

    Path path() {
        String named = variable(variable);
        return (named.isEmpty() ? home().resolve(usual) : Path.of(named)).resolve("jwtrawl");
    }

    /// What `HOME` says, as for Git and the launcher; else what the system says of the user.
    private static Path home() {
        String home = variable("HOME");
        return Path.of(home.isEmpty() ? System.getProperty("user.home") : home);
    }

    private static String variable(String name) {
        return System.getenv().getOrDefault(name, "");
    }
}
