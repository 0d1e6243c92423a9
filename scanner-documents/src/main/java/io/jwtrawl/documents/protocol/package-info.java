/// What a scan and the processes that read documents for it say to each other, over standard input and output.
///
/// A request is a [DocumentKind], the depth that is left to what lies inside, and the document, in chunks of
/// a length and so many bytes, the last of length 0. The answer is a sequence of [Frame]s.
@NullMarked
package io.jwtrawl.documents.protocol;

import org.jspecify.annotations.NullMarked;
