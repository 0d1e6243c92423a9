/// What a scan found, and what it could not read, as sinks receive it. Comes after `classify`.
@NullMarked
package io.jwtrawl.finding;

import org.jspecify.annotations.NullMarked;
