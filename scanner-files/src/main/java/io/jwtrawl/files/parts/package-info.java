/// Names the parts of structured files in which tokens were found: cells, headers, keys, sections, records.
@NullMarked
package io.jwtrawl.files.parts;

import org.jspecify.annotations.NullMarked;
