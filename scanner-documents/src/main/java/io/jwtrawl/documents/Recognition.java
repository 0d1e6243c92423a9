package io.jwtrawl.documents;

import io.jwtrawl.documents.protocol.DocumentKind;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Tells documents by their content.
///
/// Asked about every file of a tree: nothing but this class is loaded for that, and most files are told by one byte.
final class Recognition {

    private static final byte[] PDF = ascii("%PDF-");
    private static final byte[] OLE = bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
    private static final byte[] RTF = ascii("{\\rt");
    private static final byte[] CHM = ascii("ITSF");
    private static final byte[] PST = ascii("!BDN");
    private static final byte[] ONENOTE =
            bytes(
                    0xe4, 0x52, 0x5c, 0x7b, 0x8c, 0xd8, 0xa7, 0x4d, 0xae, 0xb1, 0x53, 0x78, 0xd0,
                    0x29);
    private static final byte[] TNEF = bytes(0x78, 0x9f, 0x3e, 0x22);
    private static final byte[] ZIP = bytes('P', 'K', 3, 4);
    private static final byte[] MAILBOX = ascii("From ");

    /// What the first member of an office document may be called, or begins with.
    private static final byte[][] FIRST_MEMBERS = {
        ascii("[Content_Types].xml"),
        ascii("mimetype"),
        ascii("_rels/"),
        ascii("docProps/"),
        ascii("word/"),
        ascii("xl/"),
        ascii("ppt/"),
        ascii("visio/"),
        ascii("customXml/"),
        ascii("META-INF/manifest.xml"),
        ascii("content.xml"),
        ascii("Thumbnails/"),
    };

    /// One of these is in the directory of every office document of the kind.
    private static final byte[][] OOXML_MEMBERS = {
        ascii("word/document"),
        ascii("xl/workbook."),
        ascii("ppt/presentation."),
        ascii("visio/document.")
    };

    private static final byte[] OPEN_DOCUMENT_MEMBER = ascii("content.xml");
    private static final byte[] OPEN_DOCUMENT_TYPE = ascii("application/vnd.oasis.opendocument.");

    /// The header fields that mail programs write first.
    private static final byte[][] FIRST_FIELDS = {
        ascii("return-path:"),
        ascii("received:"),
        ascii("delivered-to:"),
        ascii("from:"),
        ascii("to:"),
        ascii("date:"),
        ascii("subject:"),
        ascii("message-id:"),
        ascii("mime-version:"),
        ascii("content-type:"),
        ascii("x-"),
        ascii("arc-"),
        ascii("dkim-"),
        ascii("authentication-results:"),
        ascii("reply-to:"),
        ascii("sender:"),
        ascii("status:"),
    };

    private static final byte[] MIME_VERSION = ascii("\nmime-version:");
    private static final byte[] BOUNDARY = ascii("boundary=");
    private static final byte[] ENCODING = ascii("\ncontent-transfer-encoding:");

    private static final int ZIP_NAME = 30;

    /// The directory of an office document is shorter.
    private static final int DIRECTORY = 1 << 20;

    private static final boolean[] FIRST = first();

    private Recognition() {}

    private static boolean[] first() {
        boolean[] first = new boolean[256];
        for (byte[] signature :
                new byte[][] {PDF, OLE, RTF, CHM, PST, ONENOTE, TNEF, ZIP, MAILBOX}) {
            first[signature[0] & 0xff] = true;
        }
        for (byte[] field : FIRST_FIELDS) {
            first[field[0]] = true;
            first[field[0] - ('a' - 'A')] = true;
        }
        return first;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /// Whether a blob that begins with `bytes[from, to)` may be a document, or a mailbox.
    static boolean mayBeOne(byte[] bytes, int from, int to) {
        return from < to
                && FIRST[bytes[from] & 0xff]
                && (of(bytes, from, to) != null
                        || isMailbox(bytes, from, to)
                        || mayBeOffice(bytes, from, to));
    }

    /// What a blob that begins with `bytes[from, to)` is; null if it is none, or a ZIP file.
    static @Nullable DocumentKind of(byte[] bytes, int from, int to) {
        if (startsWith(bytes, from, to, PDF)) {
            return DocumentKind.PDF;
        }
        if (startsWith(bytes, from, to, OLE)) {
            return DocumentKind.OLE;
        }
        if (startsWith(bytes, from, to, RTF)) {
            return DocumentKind.RTF;
        }
        if (startsWith(bytes, from, to, CHM)) {
            return DocumentKind.CHM;
        }
        if (startsWith(bytes, from, to, PST)) {
            return DocumentKind.PST;
        }
        if (startsWith(bytes, from, to, ONENOTE)) {
            return DocumentKind.ONENOTE;
        }
        if (startsWith(bytes, from, to, TNEF)) {
            return DocumentKind.TNEF;
        }
        return isMail(bytes, from, to) ? DocumentKind.MAIL : null;
    }

    /// Whether it is a ZIP file that begins like an office document; others do too.
    static boolean mayBeOffice(byte[] bytes, int from, int to) {
        if (!startsWith(bytes, from, to, ZIP)) {
            return false;
        }
        for (byte[] name : FIRST_MEMBERS) {
            if (startsWith(bytes, from + ZIP_NAME, to, name)) {
                return true;
            }
        }
        return false;
    }

    /// What kind of office document a ZIP file is, by the names in its directory; null if it is none.
    static @Nullable DocumentKind ofZip(SeekableStream zip) throws IOException {
        byte[] end = new byte[(int) Math.min(zip.size(), DIRECTORY)];
        zip.seek(zip.size() - end.length);
        int length = zip.readNBytes(end, 0, end.length);
        for (byte[] member : OOXML_MEMBERS) {
            if (contains(end, 0, length, member)) {
                return DocumentKind.OOXML;
            }
        }
        if (!contains(end, 0, length, OPEN_DOCUMENT_MEMBER)) {
            return null;
        }
        zip.seek(0);
        byte[] begin = new byte[512];
        length = zip.readNBytes(begin, 0, begin.length);
        return contains(begin, 0, length, OPEN_DOCUMENT_TYPE) ? DocumentKind.OPEN_DOCUMENT : null;
    }

    /// A mailbox in the format mbox (RFC 4155): a line that tells of a delivery, and a mail.
    static boolean isMailbox(byte[] bytes, int from, int to) {
        if (!startsWith(bytes, from, to, MAILBOX)) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return isField(bytes, i + 1, to);
            }
        }
        return false;
    }

    /// A mail of which something may be encoded; any other is text.
    private static boolean isMail(byte[] bytes, int from, int to) {
        if (!isField(bytes, from, to)) {
            return false;
        }
        for (byte[] field : FIRST_FIELDS) {
            if (startsWithIgnoringCase(bytes, from, to, field)) {
                return (containsIgnoringCase(bytes, from, to, MIME_VERSION)
                                || startsWithIgnoringCase(bytes, from, to, ascii("mime-version:")))
                        && (containsIgnoringCase(bytes, from, to, BOUNDARY)
                                || containsIgnoringCase(bytes, from, to, ENCODING));
            }
        }
        return false;
    }

    /// Whether a name of letters and hyphens stands there, and a colon.
    private static boolean isField(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == ':') {
                return i > from;
            }
            int letter = bytes[i] | 0x20;
            if ((letter < 'a' || letter > 'z') && bytes[i] != '-') {
                return false;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] beginning) {
        if (to - from < beginning.length) {
            return false;
        }
        for (int i = 0; i < beginning.length; i++) {
            if (bytes[from + i] != beginning[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWithIgnoringCase(
            byte[] bytes, int from, int to, byte[] beginning) {
        if (to - from < beginning.length) {
            return false;
        }
        for (int i = 0; i < beginning.length; i++) {
            if (lower(bytes[from + i]) != beginning[i]) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }

    private static boolean contains(byte[] bytes, int from, int to, byte[] part) {
        for (int i = from; i + part.length <= to; i++) {
            if (bytes[i] == part[0] && startsWith(bytes, i, to, part)) {
                return true;
            }
        }
        return false;
    }

    private static boolean containsIgnoringCase(byte[] bytes, int from, int to, byte[] part) {
        for (int i = from; i + part.length <= to; i++) {
            if (startsWithIgnoringCase(bytes, i, to, part)) {
                return true;
            }
        }
        return false;
    }
}
