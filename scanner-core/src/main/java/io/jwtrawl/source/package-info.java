/// What is read, and where it was found: the first step of `source → detect → token → classify → finding → engine`.
///
/// Bytes travel to the right along that line, imports point to the left.
@NullMarked
package io.jwtrawl.source;

import org.jspecify.annotations.NullMarked;
