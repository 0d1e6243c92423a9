/// Crawls file systems and standard input.
@NullMarked
package io.jwtrawl.files;

import org.jspecify.annotations.NullMarked;
