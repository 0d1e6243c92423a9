/// Judges a decoded token: a pure function of token, place, policy and clock. Comes after `token`.
@NullMarked
package io.jwtrawl.classify;

import org.jspecify.annotations.NullMarked;
