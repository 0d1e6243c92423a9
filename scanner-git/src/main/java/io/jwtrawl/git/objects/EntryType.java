package io.jwtrawl.git.objects;

import io.jwtrawl.source.GitObjectType;

/// The types of pack entries, by the numbers that stand in their headers. Constants rather than an enum: one byte each is
/// kept for millions.
final class EntryType {

    static final int COMMIT = 1;
    static final int TREE = 2;
    static final int BLOB = 3;
    static final int TAG = 4;
    static final int OFS_DELTA = 6;
    static final int REF_DELTA = 7;

    private static final GitObjectType[] TYPES = {
        GitObjectType.COMMIT, GitObjectType.TREE, GitObjectType.BLOB, GitObjectType.TAG
    };

    private EntryType() {}

    /// What an entry is called whose type is a delta's because its base is not there: a blob, as most are.
    static GitObjectType of(int type) {
        return type >= COMMIT && type <= TAG ? TYPES[type - 1] : GitObjectType.BLOB;
    }

    static int of(GitObjectType type) {
        int number = COMMIT;
        while (TYPES[number - COMMIT] != type) {
            number++;
        }
        return number;
    }
}
