package io.jwtrawl.git.objects;

/// Learns from a [NameVisitor] what objects a commit, a tree or a tag names. Used by one thread.
interface NameSink {

    /// @param ids as [NamedIds#ofCommit] tells them
    void commit(int entry, byte[] ids);

    /// @param id that of what is tagged
    void tag(ObjectId id);

    /// Entries of a tree follow, which is `entry`.
    ///
    /// @param base the entry of the tree that it is told in differences from, or [PackForest#NONE] if all is told
    void beginTree(int entry, int base);

    /// An entry that the base does not have; `at` stands at it in `raw`, which is lent for this call.
    void added(byte[] raw, TreeCursor at);

    /// An entry of the base that the tree does not have. One that comes up again as added was only changed.
    void dropped(byte[] raw, TreeCursor at);

    /// That was all of the tree.
    void endTree();

    /// There is an object that cannot be read, or that is not what it should be; if a tree was begun, it is that one.
    void cannotTell();
}
