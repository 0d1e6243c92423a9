/// Joins crawlers, detector, classifier and sinks; the only package that starts threads. The end of the line.
@NullMarked
package io.jwtrawl.engine;

import org.jspecify.annotations.NullMarked;
