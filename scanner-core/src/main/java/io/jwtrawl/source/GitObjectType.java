package io.jwtrawl.source;

/// The kinds of Git object. Trees are not searched: they hold names and object ids only.
public enum GitObjectType {
    BLOB,
    TREE,
    COMMIT,
    TAG
}
