package io.jwtrawl.documents.protocol;

/// How the reading of a document ended.
public enum Outcome {
    COMPLETE(""),
    ENCRYPTED("is encrypted"),
    DAMAGED("is damaged or uses something unknown: not all of it could be read"),
    ENDS_EARLY("ends too early"),
    TOO_DEEP("holds documents that lie too deep inside one another to be opened (--max-depth)"),

    /// The process that says so ends.
    OUT_OF_MEMORY("needs more memory to be read than --max-document-memory grants");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    /// What to say of the document.
    public String text() {
        return text;
    }
}
