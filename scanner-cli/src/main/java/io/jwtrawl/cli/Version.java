package io.jwtrawl.cli;

import io.jwtrawl.source.NativeCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

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
        Attributes built = manifest();
        String commit = built.getValue("Build-Commit");
        if (commit != null && !commit.isBlank()) {
            lines.add("commit " + commit + " of " + built.getValue("Build-Date"));
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

    /// That of the jar which this class lies in; an empty one if it lies in none.
    private static Attributes manifest() {
        String self =
                String.valueOf(Version.class.getResource(Version.class.getSimpleName() + ".class"));
        int end = self.lastIndexOf("!/");
        if (end < 0) {
            return new Attributes();
        }
        try (InputStream in =
                URI.create(self.substring(0, end) + "!/META-INF/MANIFEST.MF").toURL().openStream()) {
            return new Manifest(in).getMainAttributes();
        } catch (IOException e) {
            return new Attributes();
        }
    }
}
