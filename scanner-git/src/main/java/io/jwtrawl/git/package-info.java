/// Crawls Git repositories through JGit: every blob once, then, for what was found, the commits that brought it in and
/// took it out. Nothing in a repository is executed or written.
@NullMarked
package io.jwtrawl.git;

import org.jspecify.annotations.NullMarked;
