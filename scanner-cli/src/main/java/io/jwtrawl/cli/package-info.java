/// The `jwtrawl` command: arguments, wiring, exit codes.
@NullMarked
package io.jwtrawl.cli;

import org.jspecify.annotations.NullMarked;
