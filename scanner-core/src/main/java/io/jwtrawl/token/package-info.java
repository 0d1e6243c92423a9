/// Turns token-shaped bytes into a decoded token, or finds that they only looked like one. Comes after `detect`.
@NullMarked
package io.jwtrawl.token;

import org.jspecify.annotations.NullMarked;
