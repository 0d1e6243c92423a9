/// Brings repositories from other machines here, so that `git` can crawl them. Nothing of it is loaded for a local
/// repository, nor what speaks SSH for any other protocol.
@NullMarked
package io.jwtrawl.git.remote;

import org.jspecify.annotations.NullMarked;
