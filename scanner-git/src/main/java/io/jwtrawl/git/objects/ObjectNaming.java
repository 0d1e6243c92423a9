package io.jwtrawl.git.objects;

import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.Provenance;
import java.nio.file.Path;

/// What objects, and the files that hold them, are called in reports.
public interface ObjectNaming {

    Provenance of(ObjectId id, GitObjectType type);

    /// What a file of the repository is called, such as a pack.
    Provenance of(Path file);
}
