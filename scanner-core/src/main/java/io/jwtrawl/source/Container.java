package io.jwtrawl.source;

import java.io.InputStream;

/// A blob that looks like a container, to be opened.
///
/// @param head its first bytes, as many as were read before it was recognised; lent
/// @param in all of it, from its first byte on; closed by whoever made it. A [SeekableStream] can be read from anywhere,
///     and by several threads
@SuppressWarnings("ArrayRecordComponent") // lent, never compared
public record Container(Provenance provenance, byte[] head, int from, int to, InputStream in) {}
