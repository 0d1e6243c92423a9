package io.jwtrawl.documents.protocol;

/// The kinds of document, as their readers differ.
public enum DocumentKind {
    PDF("PDF document"),

    /// Word, Excel, PowerPoint, Visio, Publisher and Outlook messages, before 2007: an OLE 2 compound file.
    OLE("Microsoft Office document or message"),

    /// The same since 2007: a ZIP file.
    OOXML("Office Open XML document"),

    OPEN_DOCUMENT("OpenDocument file"),
    RTF("RTF document"),
    CHM("compiled HTML help file"),
    PST("Outlook mailbox"),
    ONENOTE("OneNote section"),

    /// `winmail.dat`.
    TNEF("Outlook attachment in TNEF"),

    MAIL("mail");

    private final String title;

    DocumentKind(String title) {
        this.title = title;
    }

    /// For sentences about it.
    public String title() {
        return title;
    }

    /// Whether it is a ZIP file: its members are opened as those of any other, and its reader tells only the text.
    public boolean isZip() {
        return this == OOXML || this == OPEN_DOCUMENT;
    }
}
