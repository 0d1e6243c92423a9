package io.jwtrawl.git;

import java.nio.file.Path;

/// Learns of each file of a Git folder that cannot be used, so that what hangs on it is not searched.
interface Problems {

    /// For whoever reads what was read before, by something that told of all problems.
    Problems TOLD_ALREADY = (_, _) -> {};

    void unreadable(Path file, Exception why);
}
