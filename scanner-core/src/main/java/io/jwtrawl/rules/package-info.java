/// The data under `rules/`, as immutable values: what a token looks like, who issues it, how bad it is.
///
/// Beside the line of packages: `detect`, `token` and `classify` read from it, it reads from none of them.
@NullMarked
package io.jwtrawl.rules;

import org.jspecify.annotations.NullMarked;
