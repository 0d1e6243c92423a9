package io.jwtrawl.documents.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PdfEndTest {

    private static final String BEGIN = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<<>>\n";

    private static boolean isIn(String pdf) throws IOException {
        return PdfEnd.isIn(new ByteArrayInputStream(pdf.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%%EOF",
                "%%EOF\n",
                "%%%EOF",
                "%%EO%%EOF",
                "%%EOF\n2 0 obj<<>>endobj\n%%EOF\r\n",
                "%%EOF\nan obj, no endobj, and 3 objects"
            })
    void isTheMarkBehindTheLastObject(String end) throws IOException {
        assertThat(isIn(BEGIN + end)).isTrue();
        assertThat(isIn(BEGIN + end + "\0".repeat(200_000) + "<html>")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "%%EO",
                "%EOF",
                "%%E%EOF",
                "%%EOF\n2 0 obj<</A",
                "%%EOF\n2 0 obj",
                "%%EOF\n2 0\n obj<</A",
                "%%EOF\n2 0 obj<<>>endobj\n%%EO"
            })
    void isMissingWhereAnObjectComesLast(String end) throws IOException {
        assertThat(isIn(BEGIN + end)).isFalse();
        assertThat(isIn(BEGIN + end + "\0".repeat(200_000))).isFalse();
    }
}
