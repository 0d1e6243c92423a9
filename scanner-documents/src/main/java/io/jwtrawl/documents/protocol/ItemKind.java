package io.jwtrawl.documents.protocol;

/// What a reader finds in a document.
public enum ItemKind {
    /// Text in UTF-8 that the document shows.
    TEXT,

    /// The same, of a document whose bytes show it too, if it is not encoded.
    LEGIBLE_TEXT,

    /// A file that lies in the document.
    FILE
}
