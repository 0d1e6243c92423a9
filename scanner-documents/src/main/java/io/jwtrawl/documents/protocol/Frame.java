package io.jwtrawl.documents.protocol;

/// The frames of an answer: one byte tells which one follows. Numbers are big-endian, names and constants in the modified UTF-8 of
/// [java.io.DataOutput#writeUTF].
public final class Frame {

    /// An item begins: its number, its [ItemKind], how many names lead to it, and those names, outermost
    /// first. Several items may be open at once.
    public static final int BEGIN = 'B';

    /// Some bytes of an item: its number, their length, and they themselves.
    public static final int DATA = 'D';

    /// When a message in the document was sent: how many names lead to it, those names, and milliseconds since 1970. It is
    /// true of all items below it, whenever they were begun.
    public static final int SENT = 'S';

    /// Something was left out: how many names lead to it, those names, and the [Outcome] that says why.
    public static final int LEFT_OUT = 'L';

    /// The document is done: its [Outcome].
    public static final int END = 'E';

    /// A name may be no longer, in characters.
    public static final int MAX_NAME = 1000;

    /// A chunk or some bytes of an item may be no longer.
    public static final int MAX_LENGTH = 64 * 1024;

    /// How a process ends that gave up a document because its time was over.
    public static final int OVERTIME = 64;

    /// What the name of the folder begins with that a process has for its temporary files.
    public static final String TEMPORARY = "jwtrawl-documents";

    private Frame() {}
}
