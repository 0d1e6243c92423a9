/// Finds token-shaped bytes, in linear time, without allocating until there is one. Comes after `source`.
@NullMarked
package io.jwtrawl.detect;

import org.jspecify.annotations.NullMarked;
