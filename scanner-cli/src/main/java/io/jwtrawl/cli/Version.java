package io.jwtrawl.cli;

import io.jwtrawl.source.NativeCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The version that this build has.
final class Version {

    private Version() {}

    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /// From which commit it was built, and what it runs on: a line each.
    static List<String> build() {
        List<String> lines = new ArrayList<>();
        String built = builtFrom();
        if (!built.isEmpty()) {
            lines.add(built);
        }
        lines.add(
                "Java "
                        + Runtime.version()
                        + ", "
                        + System.getProperty("java.vendor")
                        + ", "
                        + System.getProperty("java.home"));
        lines.add(
                System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.arch")
                        + ", native code: "
                        + (NativeCode.isLoaded() ? "loaded" : "none, the same is done in Java"));
        return lines;
    }

    /// The commit, as the build wrote it down; empty if it was not built from a repository.
    private static String builtFrom() {
        try (InputStream in = Version.class.getResourceAsStream("build.txt")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
