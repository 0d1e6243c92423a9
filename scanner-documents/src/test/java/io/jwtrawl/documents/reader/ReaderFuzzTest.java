package io.jwtrawl.documents.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jwtrawl.documents.protocol.DocumentKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// Any document is read or refused: by an outcome, not by an exception. That it takes too long or too much is for the
/// process around it.
class ReaderFuzzTest {

    private static final int CHUNK = 32 * 1024;

    @FuzzTest(maxDuration = "2m")
    void pdf(byte[] bytes) throws IOException {
        read(DocumentKind.PDF, bytes);
    }

    @FuzzTest(maxDuration = "2m")
    void ole(byte[] bytes) throws IOException {
        read(DocumentKind.OLE, bytes);
    }

    @FuzzTest(maxDuration = "2m")
    void ooxml(byte[] bytes) throws IOException {
        read(DocumentKind.OOXML, bytes);
    }

    @FuzzTest(maxDuration = "2m")
    void openDocument(byte[] bytes) throws IOException {
        read(DocumentKind.OPEN_DOCUMENT, bytes);
    }

    @FuzzTest(maxDuration = "2m")
    void rtf(byte[] bytes) throws IOException {
        read(DocumentKind.RTF, bytes);
    }

    @FuzzTest(maxDuration = "2m")
    void mail(byte[] bytes) throws IOException {
        read(DocumentKind.MAIL, bytes);
    }

    @FuzzTest(maxDuration = "2m")
    void tnef(byte[] bytes) throws IOException {
        read(DocumentKind.TNEF, bytes);
    }

    @FuzzTest(maxDuration = "2m")
    void chm(byte[] bytes) throws IOException {
        read(DocumentKind.CHM, bytes);
    }

    @FuzzTest(maxDuration = "2m")
    void pst(byte[] bytes) throws IOException {
        read(DocumentKind.PST, bytes);
    }

    @FuzzTest(maxDuration = "2m")
    void oneNote(byte[] bytes) throws IOException {
        read(DocumentKind.ONENOTE, bytes);
    }

    private static void read(DocumentKind kind, byte[] bytes) throws IOException {
        var request = new ByteArrayOutputStream();
        var out = new DataOutputStream(request);
        for (int from = 0; from < bytes.length; from += CHUNK) {
            int length = Math.min(CHUNK, bytes.length - from);
            out.writeInt(length);
            out.write(bytes, from, length);
        }
        out.writeInt(0);
        var reader = new DocumentReader(new ItemWriter(OutputStream.nullOutputStream()));
        try (var document =
                SpooledDocument.receive(
                        new DataInputStream(new ByteArrayInputStream(request.toByteArray())))) {
            assertThat(reader.read(kind, document, new Scope(List.of(), 3))).isNotNull();
        }
    }
}
