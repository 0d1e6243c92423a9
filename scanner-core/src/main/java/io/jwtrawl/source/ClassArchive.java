package io.jwtrawl.source;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/// Where a class of the program lies.
///
/// Its code source does not tell: where classes come from a cache, it is the place that the cache was made at, or none.
public final class ClassArchive {

    private ClassArchive() {}

    /// The archive that `type` lies in; the folder of all classes, where there are no archives.
    ///
    /// @throws IOException if that cannot be told
    public static Path of(Class<?> type) throws IOException {
        String name = "/" + type.getName().replace('.', '/') + ".class";
        URL place = type.getResource(name);
        if (place == null) {
            throw new IOException("the program does not know where it is");
        }
        try {
            if (place.openConnection() instanceof JarURLConnection archive) {
                return Path.of(archive.getJarFileURL().toURI());
            }
            String file = Path.of(place.toURI()).toString();
            return Path.of(file.substring(0, file.length() - name.length()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException("the program does not know where it is", e);
        }
    }
}
