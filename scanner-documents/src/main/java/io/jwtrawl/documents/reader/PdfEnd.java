package io.jwtrawl.documents.reader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Whether a PDF document has its end: the mark `%%EOF` with no object behind it (ISO 32000-1, 7.5.5).
///
/// Anything else may follow it, and often does: padding, what a server added, another file. An object there is one of an
/// update, or of a document made for the web, whose own mark is missing.
final class PdfEnd {

    private static final byte[] MARK = "%%EOF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OBJECT = "obj".getBytes(StandardCharsets.US_ASCII);

    private boolean isMarked;

    /// How much of the mark, and of the word that begins an object, was read just now.
    private int mark;

    private int object;

    /// Whether the byte before was white space, and the last one that was none.
    private boolean isBehindSpace;

    private byte beforeSpace;

    private PdfEnd() {}

    /// Reads `in` to its end.
    static boolean isIn(InputStream in) throws IOException {
        var end = new PdfEnd();
        byte[] bytes = new byte[64 * 1024];
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
            for (int i = 0; i < read; i++) {
                end.read(bytes[i]);
            }
        }
        return end.isMarked && end.object < OBJECT.length;
    }

    private void read(byte one) {
        if (one == MARK[mark]) {
            mark++;
            if (mark == MARK.length) {
                isMarked = true;
                mark = 0;
            }
        } else if (one == '%') {
            mark = mark == 2 ? 2 : 1;
        } else {
            mark = 0;
        }
        boolean mayBegin = isBehindSpace && beforeSpace >= '0' && beforeSpace <= '9';
        if (object == OBJECT.length) {
            isMarked &= isLetter(one);
            object = 0;
        } else if (one == OBJECT[object] && (object > 0 || mayBegin)) {
            object++;
        } else {
            object = 0;
        }
        isBehindSpace = one == ' ' || one == '\n' || one == '\r' || one == '\t';
        if (!isBehindSpace) {
            beforeSpace = one;
        }
    }

    private static boolean isLetter(byte one) {
        return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z');
    }
}
