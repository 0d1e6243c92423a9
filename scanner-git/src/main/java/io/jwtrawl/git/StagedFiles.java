package io.jwtrawl.git;

import io.jwtrawl.git.index.GitIndex;
import io.jwtrawl.git.index.IndexDifference;
import io.jwtrawl.git.index.IndexReader;
import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectReader;
import io.jwtrawl.source.GitObjectType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// What is staged in a worktree and differs from `HEAD`.
final class StagedFiles {

    private static final int MAX_INDEX = 256 * 1024 * 1024;

    private StagedFiles() {}

    /// @param head the commit to compare with; empty before the first one
    /// @throws IOException if the index, the commit or a tree cannot be read
    static IndexDifference read(
            GitRepository location, Path indexFile, Optional<ObjectId> head, ObjectReader reader)
            throws IOException {
        GitIndex index = index(location, indexFile, reader.format());
        Optional<ObjectId> tree = Optional.empty();
        if (head.isPresent() && index.count() > 0) {
            byte[] commit = reader.read(head.get(), GitObjectType.COMMIT);
            tree = Optional.of(RawObjects.tree(commit, reader.format()));
        }
        return IndexDifference.of(index, tree, reader);
    }

    private static GitIndex index(GitRepository location, Path file, HashFormat format)
            throws IOException {
        if (!GitFiles.exists(file)) {
            return GitIndex.empty(format);
        }
        return IndexReader.read(
                GitFiles.read(file, MAX_INDEX),
                format,
                name -> GitFiles.read(location.file(name), MAX_INDEX));
    }
}
