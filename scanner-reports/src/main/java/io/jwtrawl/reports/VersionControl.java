package io.jwtrawl.reports;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// A repository that was scanned.
///
/// @param folder its worktree, or itself if it is bare
/// @param origin where it was cloned from
/// @param revision the commit that is checked out
/// @param branch the branch that is checked out
public record VersionControl(
        Path folder, Optional<URI> origin, Optional<String> revision, Optional<String> branch) {}
