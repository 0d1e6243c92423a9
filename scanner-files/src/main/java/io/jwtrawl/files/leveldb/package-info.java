/// Reads LevelDB databases, in which Chromium keeps what pages store; a crawler pushes the file, and the values come out.
@NullMarked
package io.jwtrawl.files.leveldb;

import org.jspecify.annotations.NullMarked;
