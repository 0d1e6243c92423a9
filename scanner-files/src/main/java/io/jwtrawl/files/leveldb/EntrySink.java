package io.jwtrawl.files.leveldb;

import java.io.IOException;

/// Takes the entries of a database; what it is given is lent.
interface EntrySink {

    /// @param bytes that hold the value from `from` to `to`
    void accept(byte[] key, byte[] bytes, int from, int to)
            throws IOException, InterruptedException;
}
