package io.jwtrawl.git.objects;

/// Which objects a pack holds, numbered in the order of their ids, and at which offsets.
interface PackNames extends AutoCloseable {

    int count();

    /// Whether it tells of all objects in the pack, rather than of those that no other pack of the folder tells of.
    boolean isWhole();

    ObjectId id(int position);

    /// The position of an id, or -1 if the pack does not hold it.
    int find(byte[] id);

    /// @throws BadObjectException if it says none
    long offset(int position) throws BadObjectException;

    /// Writes all offsets to the first [#count] elements of `to`.
    void offsets(long[] to) throws BadObjectException;

    @Override
    default void close() {
        // What is in memory needs no closing.
    }
}
