/// Made-up tokens and repositories for every module's tests. Depends on the JDK only, `git` apart.
@NullMarked
package io.jwtrawl.testkit;

import org.jspecify.annotations.NullMarked;
