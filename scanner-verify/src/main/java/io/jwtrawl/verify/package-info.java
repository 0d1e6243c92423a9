/// Checks signatures and claims of tokens that were found, with keys from files or, where it is asked for, from their
/// issuers: the only package that speaks to a network.
@NullMarked
package io.jwtrawl.verify;

import org.jspecify.annotations.NullMarked;
