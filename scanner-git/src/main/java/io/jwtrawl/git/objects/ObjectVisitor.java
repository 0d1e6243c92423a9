package io.jwtrawl.git.objects;

/// What a [ForestWalk] tells of the objects that it expands. Used by one thread.
interface ObjectVisitor {

    /// Whether objects of one of the [EntryType]s are of interest. What is not, is not expanded.
    boolean wants(int type);

    /// An object that is whole, or made in an unusual way: `bytes[0, size)`, lent for this call.
    ///
    /// @return whether it deserves a closer look; told again to those made from it
    boolean whole(int entry, int type, byte[] bytes, int size) throws InterruptedException;

    /// An object made by `delta`: `bytes[0, size)`, lent for this call.
    ///
    /// @param base what it was made from
    /// @return whether it deserves a closer look; told again to those made from it
    boolean made(int entry, int type, byte[] bytes, int size, Delta delta, ForestWalk.Base base)
            throws InterruptedException;

    /// An object that is too large to be expanded at once; `content` can be opened during this call.
    void large(int entry, int type, LargeContent content) throws InterruptedException;

    /// An object that cannot be read.
    void fail(int entry, int type, Exception why);

    /// An object that memory does not suffice for.
    void tooLarge(int entry, int type);
}
