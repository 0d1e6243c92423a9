package io.jwtrawl.files.unpack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// Files that programs wrote which are not everywhere; beside each lies the script that made it.
final class Fixtures {

    private Fixtures() {}

    private static InputStream open(String name) throws IOException {
        InputStream in = Fixtures.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("no such resource: " + name);
        }
        return new XZInputStream(in);
    }

    static byte[] read(String name) {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Unpacks what lies in a tar archive.
    static void unpack(String name, Path folder) {
        try (var tar = new TarArchiveInputStream(open(name))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.resolveSibling(""));
                    Files.copy(tar, file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
