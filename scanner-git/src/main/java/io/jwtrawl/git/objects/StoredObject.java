package io.jwtrawl.git.objects;

import io.jwtrawl.source.GitObjectType;

/// An object, expanded.
///
/// @param bytes its content, without the header that its id covers too
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredObject(GitObjectType type, byte[] bytes) {}
