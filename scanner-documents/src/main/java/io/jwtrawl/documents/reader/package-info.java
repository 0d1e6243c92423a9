/// What runs in the processes that read documents. Nothing else knows Tika and the libraries below it.
@NullMarked
package io.jwtrawl.documents.reader;

import org.jspecify.annotations.NullMarked;
