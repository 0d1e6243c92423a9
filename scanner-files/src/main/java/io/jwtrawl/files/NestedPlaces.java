package io.jwtrawl.files;

import io.jwtrawl.source.Crawler;
import java.nio.file.Path;
import java.util.Optional;

/// Knows the folders that another crawler understands better than as files: repositories.
public interface NestedPlaces {

    /// Knows none.
    NestedPlaces NONE = _ -> Optional.empty();

    /// The crawler for the repository whose Git folder, or whose `.git` file, is at `path`; empty if that is none. Asked
    /// for the same repository again, it gives a crawler with nothing to do. Called from many threads.
    Optional<Crawler> crawlerFor(Path path);
}
