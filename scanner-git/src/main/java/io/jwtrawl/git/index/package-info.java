/// The index of a worktree, and how it differs from a tree: what the next commit changes. Written after gitformat-index;
/// knows nothing but objects, and starts in a few milliseconds, because a hook waits for it.
@NullMarked
package io.jwtrawl.git.index;

import org.jspecify.annotations.NullMarked;
