package io.jwtrawl.source;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The URIs of repositories: each is asked for with every token that is found there, and making one asks the file system
/// whether it is a folder.
final class FolderUris {

    private static final Map<Path, URI> KNOWN = new ConcurrentHashMap<>();

    private FolderUris() {}

    static URI of(Path folder) {
        URI known = KNOWN.get(folder);
        if (known == null) {
            known = folder.toUri();
            KNOWN.put(folder, known);
        }
        return known;
    }
}
