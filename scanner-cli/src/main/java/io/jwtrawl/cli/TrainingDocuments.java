package io.jwtrawl.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The documents of [Training]: the least that the most usual kinds may be.
final class TrainingDocuments {

    private static final String PDF =
            """
            %PDF-1.4
            1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
            2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj
            3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R
            /Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
            4 0 obj<</Length 32>>stream
            BT /F 6 Tf 9 9 Td (training) Tj ET
            endstream endobj
            trailer<</Root 1 0 R>>
            %%EOF
            """;

    private static final String TYPES =
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                    + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                    + "<Override PartName=\"/PART\" ContentType=\"application/vnd.openxmlformats-officedocument.KIND.main+xml\"/>"
                    + "</Types>";

    private static final String RELATION =
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\""
                    + " Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\""
                    + " Target=\"PART\"/></Relationships>";

    private TrainingDocuments() {}

    static void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("a.pdf"), PDF);
        Files.writeString(folder.resolve("b.rtf"), "{\\rtf1\\ansi training\\par}");
        Files.writeString(
                folder.resolve("c.eml"),
                "MIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\ndHJhaW5pbmc=\n");
        office(
                folder.resolve("d.docx"),
                "word/document.xml",
                "wordprocessingml.document",
                "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
                        + "<w:body><w:p><w:r><w:t>training</w:t></w:r></w:p></w:body></w:document>");
        office(
                folder.resolve("e.xlsx"),
                "xl/workbook.xml",
                "spreadsheetml.sheet",
                "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheets/></workbook>");
        office(
                folder.resolve("f.pptx"),
                "ppt/presentation.xml",
                "presentationml.presentation",
                "<p:presentation xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"/>");
    }

    private static void office(Path file, String part, String type, String xml) throws IOException {
        Map<String, String> members = new TreeMap<>();
        members.put("[Content_Types].xml", TYPES.replace("PART", part).replace("KIND", type));
        members.put("_rels/.rels", RELATION.replace("PART", part));
        members.put(part, xml);
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey()));
                zip.write(member.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
