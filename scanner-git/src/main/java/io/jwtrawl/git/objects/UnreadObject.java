package io.jwtrawl.git.objects;

import io.jwtrawl.source.GitObjectType;

/// A copy of an object that could not be read; there may be others that can.
///
/// @param type as far as it is known; else a blob
/// @param tooLarge whether only memory did not suffice
public record UnreadObject(ObjectId id, GitObjectType type, Exception why, boolean tooLarge) {}
