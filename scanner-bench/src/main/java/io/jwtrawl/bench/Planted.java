package io.jwtrawl.bench;

import java.util.List;

/// One file of the corpus, and what is in it.
///
/// @param path below the corpus's folder, with slashes
/// @param row of the table
/// @param ids of the token that was planted and, behind it, of tokens that may be reported besides; none in a decoy
/// @param gap why a token here is known not to be found, or nothing
record Planted(
        String path, Table table, String row, Carrier.Kind kind, List<String> ids, String gap) {

    /// Which table a file counts in.
    enum Table {
        FORMS,
        CARRIERS,
        DECOYS
    }

    boolean isDecoy() {
        return table == Table.DECOYS;
    }

    boolean isKnownGap() {
        return !gap.isEmpty();
    }
}
