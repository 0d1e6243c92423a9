package io.jwtrawl.source;

import java.util.Locale;

/// The kinds of Git object. Trees are not searched: they hold names and object ids only.
public enum GitObjectType {
    BLOB,
    TREE,
    COMMIT,
    TAG;

    /// What a report gives for the path of an object that lies at none, such as `commit:<id>`.
    public String pathOf(String objectId) {
        return name().toLowerCase(Locale.ROOT) + ":" + objectId;
    }
}
