/// Reads what operating systems keep in formats of their own: registry hives, journals of systemd.
@NullMarked
package io.jwtrawl.files.system;

import org.jspecify.annotations.NullMarked;
