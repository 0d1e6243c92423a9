/// Opens containers: archives, compressed files, images. A format is one constant of `Format` and one `Opener`.
@NullMarked
package io.jwtrawl.files.unpack;

import org.jspecify.annotations.NullMarked;
