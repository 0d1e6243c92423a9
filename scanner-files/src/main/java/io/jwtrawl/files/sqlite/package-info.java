/// Reads SQLite databases, their logs and what is left of deleted rows; a crawler pushes the file, and the columns come out.
@NullMarked
package io.jwtrawl.files.sqlite;

import org.jspecify.annotations.NullMarked;
