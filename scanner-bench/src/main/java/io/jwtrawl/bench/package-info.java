/// A corpus of made-up tokens in every form and disguise, and what scanners find in it. Comes after everything else.
@NullMarked
package io.jwtrawl.bench;

import org.jspecify.annotations.NullMarked;
