package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectNaming;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.Provenance;
import java.nio.file.Path;

/// What the objects of a repository are called as long as it is not known from which of its worktrees it is looked at.
record ObjectNames(GitRepository location) implements ObjectNaming {

    @Override
    public Provenance of(ObjectId id, GitObjectType type) {
        return new Provenance.GitObject(location.commonName(), id.name(), type);
    }

    @Override
    public Provenance of(Path file) {
        return location.provenance(file);
    }
}
