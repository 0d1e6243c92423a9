package io.jwtrawl.git.index;

import io.jwtrawl.git.objects.ObjectId;
import java.util.Optional;

/// A file that an index has, and a tree has not, or has with other content.
///
/// @param path its bytes, as Git keeps them
/// @param before what the tree has at that path
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StagedChange(byte[] path, ObjectId blob, Optional<ObjectId> before) {}
