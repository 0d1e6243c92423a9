package io.jwtrawl.git.objects;

/// What a [ForestWalk] tells of the objects that it expands. Used by one thread.
interface ObjectSearch {

    /// Whether objects of one of the [EntryType]s are of interest. What is not, is not expanded.
    boolean wants(int type);

    /// How many bytes around a change decide together with it.
    int reach();

    /// Whether anything in `array[from, to)` deserves a closer look.
    boolean mayHold(byte[] array, int from, int to);

    /// An object that holds nothing.
    void pass(int size) throws InterruptedException;

    /// An object that deserves a closer look: `array[0, size)`, lent for this call.
    void look(int entry, int type, byte[] array, int size) throws InterruptedException;

    /// An object that is too large to be expanded at once; `content` can be opened during this call.
    void look(int entry, int type, LargeContent content) throws InterruptedException;

    /// An object that cannot be read.
    void fail(int entry, int type, Exception why);

    /// An object that memory does not suffice for.
    void tooLarge(int entry, int type);
}
