/// The object database of a Git repository: object ids, packs and their indexes, loose objects, what is borrowed from
/// other repositories. Knows nothing of refs and commits, and nothing of JGit.
///
/// A pack is read in two ways. [ForestWalk] expands each of its entries once, deltas after what they are made against;
/// [ObjectDatabase#read] expands one object, wherever it is.
@NullMarked
package io.jwtrawl.git.objects;

import org.jspecify.annotations.NullMarked;
