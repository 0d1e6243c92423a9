/// Opens documents. The scan talks to processes that read them (`DocumentUnpacker`, `ReaderPool`); what runs in those is
/// below `DocumentReader`, and nothing else knows Tika.
@NullMarked
package io.jwtrawl.documents;

import org.jspecify.annotations.NullMarked;
