package io.jwtrawl.documents;

import io.jwtrawl.testkit.Tokens;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationText;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDTextField;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.sl.usermodel.SlideShow;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;

/// Documents of every kind with tokens in them.
final class Samples {

    /// What a library says as it writes.
    interface Writing {
        void to(OutputStream out) throws Exception;
    }

    private Samples() {}

    static byte[] bytes(Writing writing) {
        var out = new ByteArrayOutputStream();
        try {
            writing.to(out);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    static String token(int number) {
        return Tokens.any(number);
    }

    /// Tokens 1 and 2 on two pages, the second in lines as narrow as a column, 3 in a comment, 4 in a form, 5 in an attached
    /// text, 6 in the properties.
    static byte[] pdf() {
        return bytes(out -> {
            try (var document = new PDDocument()) {
                PDPage first = page(document, List.of("Use " + token(1)));
                page(document, lines(token(2), 40));
                var comment = new PDAnnotationText();
                comment.setContents("was " + token(3));
                first.getAnnotations().add(comment);
                var form = new PDAcroForm(document);
                var resources = new PDResources();
                resources.put(COSName.getPDFName("Helv"), new PDType1Font(FontName.HELVETICA));
                form.setDefaultResources(resources);
                form.setDefaultAppearance("/Helv 10 Tf 0 g");
                document.getDocumentCatalog().setAcroForm(form);
                var field = new PDTextField(form);
                field.setPartialName("secret");
                form.getFields().add(field);
                field.getWidgets().getFirst().setPage(first);
                field.getWidgets()
                        .getFirst()
                        .setRectangle(
                                new org.apache.pdfbox.pdmodel.common.PDRectangle(50, 50, 100, 20));
                first.getAnnotations().add(field.getWidgets().getFirst());
                field.setValue(token(4));
                attach(document, "notes.txt", ("t=" + token(5)).getBytes(StandardCharsets.UTF_8));
                document.getDocumentInformation().setKeywords(token(6));
                document.save(out);
            }
        });
    }

    /// A page with a token on it, and a file attached.
    static byte[] pdf(int number, String name, byte[] attachment) {
        return bytes(out -> {
            try (var document = new PDDocument()) {
                page(document, List.of(token(number)));
                attach(document, name, attachment);
                document.save(out);
            }
        });
    }

    /// One that opens only with a password.
    static byte[] encryptedPdf() {
        return bytes(out -> {
            try (var document = new PDDocument()) {
                page(document, List.of(token(1)));
                document.protect(
                        new StandardProtectionPolicy("owner", "user", new AccessPermission()));
                document.save(out);
            }
        });
    }

    private static PDPage page(PDDocument document, List<String> lines) throws IOException {
        var page = new PDPage();
        document.addPage(page);
        try (var content = new PDPageContentStream(document, page)) {
            content.beginText();
            content.setFont(new PDType1Font(FontName.COURIER), 6);
            content.setLeading(8);
            content.newLineAtOffset(20, 700);
            for (String line : lines) {
                content.showText(line);
                content.newLine();
            }
            content.endText();
        }
        return page;
    }

    private static List<String> lines(String text, int width) {
        return java.util.stream.IntStream.range(0, (text.length() + width - 1) / width)
                .mapToObj(i -> text.substring(i * width, Math.min(text.length(), (i + 1) * width)))
                .toList();
    }

    private static void attach(PDDocument document, String name, byte[] content)
            throws IOException {
        var file = new PDComplexFileSpecification();
        file.setFile(name);
        file.setEmbeddedFile(new PDEmbeddedFile(document, new ByteArrayInputStream(content)));
        var tree = new PDEmbeddedFilesNameTreeNode();
        tree.setNames(Map.of(name, file));
        var names =
                new org.apache.pdfbox.pdmodel.PDDocumentNameDictionary(
                        document.getDocumentCatalog());
        names.setEmbeddedFiles(tree);
        document.getDocumentCatalog().setNames(names);
    }

    /// Token 1 in one piece, 2 in several, as an editor leaves it behind, 3 in a comment, 4 as the target of a link, 5 in the
    /// properties.
    static byte[] docx() {
        return bytes(out -> {
            try (var document = new XWPFDocument()) {
                document.createParagraph().createRun().setText("Use " + token(1));
                XWPFParagraph pieces = document.createParagraph();
                for (String piece : lines(token(2), 7)) {
                    pieces.createRun().setText(piece);
                }
                var comment = document.createComments().createComment(java.math.BigInteger.ONE);
                comment.createParagraph().createRun().setText(token(3));
                document.createParagraph()
                        .createHyperlinkRun("https://api.example/x?access_token=" + token(4))
                        .setText("here");
                document.getProperties().getCoreProperties().setDescription(token(5));
                document.write(out);
            }
        });
    }

    /// Token 1 in a cell of the second sheet, 2 in a comment on it.
    static byte[] workbook(Workbook workbook) {
        return bytes(out -> {
            try (workbook) {
                workbook.createSheet("empty").createRow(0).createCell(0).setCellValue("nothing");
                Sheet sheet = workbook.createSheet("keys");
                var cell = sheet.createRow(3).createCell(2);
                cell.setCellValue("t=" + token(1));
                var anchor = workbook.getCreationHelper().createClientAnchor();
                anchor.setCol2(3);
                anchor.setRow2(5);
                var comment = sheet.createDrawingPatriarch().createCellComment(anchor);
                comment.setString(
                        workbook.getCreationHelper().createRichTextString("was " + token(2)));
                cell.setCellComment(comment);
                workbook.write(out);
            }
        });
    }

    /// Token 1 on the second slide.
    static byte[] slides(SlideShow<?, ?> show) {
        return bytes(out -> {
            try (show) {
                show.createSlide().createTextBox().setText("nothing");
                show.createSlide().createTextBox().setText("Use " + token(1));
                show.write(out);
            }
        });
    }

    /// Token 1 in its text.
    static byte[] doc() {
        return bytes(out -> {
            try (InputStream in = resource("word.doc");
                    var document = new HWPFDocument(in)) {
                document.getRange().getParagraph(0).insertBefore("Use " + token(1) + " ");
                document.write(out);
            }
        });
    }

    /// Token 1 in place of a paragraph.
    static byte[] oneNote() {
        return bytes(out -> {
            try (InputStream in = resource("section.one")) {
                String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                String old =
                        "I further authorize any individual, company, firm, corporation, or public agency";
                for (int at = text.indexOf(old); at >= 0; at = text.indexOf(old, at + 1)) {
                    String token = token(1) + " ";
                    text = text.substring(0, at) + token + text.substring(at + token.length());
                }
                out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            }
        });
    }

    static InputStream resource(String name) {
        InputStream in = Samples.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("no resource " + name);
        }
        return in;
    }

    /// When the Outlook message was sent.
    static final Instant MESSAGE_SENT = Instant.parse("2024-03-05T06:07:08Z");

    /// The properties of a message ([MS-OXMSG] 2.4): a header, and `PidTagClientSubmitTime` in 100 nanoseconds since 1601.
    private static byte[] submitted(Instant when) {
        return ByteBuffer.allocate(48)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(32)
                .putInt(0x00390040)
                .putInt(6)
                .putLong((when.toEpochMilli() + 11_644_473_600_000L) * 10_000)
                .array();
    }

    /// An Outlook message ([MS-OXMSG]): token 1 in its body, 2 in an attached text.
    static byte[] msg() {
        return bytes(out -> {
            try (var files = new POIFSFileSystem()) {
                var root = files.getRoot();
                root.createDocument(
                        "__properties_version1.0",
                        new ByteArrayInputStream(submitted(MESSAGE_SENT)));
                text(root, "001A", "IPM.Note");
                text(root, "0037", "keys");
                text(root, "1000", "Hello,\r\nuse " + token(1) + "\r\n");
                var attachment = root.createDirectory("__attach_version1.0_#00000000");
                attachment.createDocument(
                        "__properties_version1.0", new ByteArrayInputStream(new byte[8]));
                text(attachment, "3707", "notes.txt");
                attachment.createDocument(
                        "__substg1.0_37010102",
                        new ByteArrayInputStream(
                                ("t=" + token(2)).getBytes(StandardCharsets.UTF_8)));
                files.writeFilesystem(out);
            }
        });
    }

    private static void text(
            org.apache.poi.poifs.filesystem.DirectoryEntry folder, String property, String value)
            throws IOException {
        folder.createDocument(
                "__substg1.0_" + property + "001F",
                new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_16LE)));
    }

    /// Token 1 cut by changes of style.
    static byte[] rtf() {
        String token = token(1);
        return ("{\\rtf1\\ansi{\\fonttbl\\f0 Arial;}\\f0 Use "
                        + token.substring(0, 20)
                        + "{\\b "
                        + token.substring(20, 50)
                        + "}"
                        + token.substring(50)
                        + "\\par}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// Token 1 cut by spans, 2 in the properties.
    static byte[] openDocument(String type) {
        String token = token(1);
        Map<String, String> files = new LinkedHashMap<>();
        files.put(
                "content.xml",
                """
                <?xml version="1.0"?><office:document-content \
                xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
                xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" \
                xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">\
                <office:body><office:%s><text:p>Use %s<text:span>%s</text:span></text:p>\
                </office:%s></office:body></office:document-content>\
                """
                        .formatted(type, token.substring(0, 30), token.substring(30), type));
        files.put(
                "meta.xml",
                """
                <?xml version="1.0"?><office:document-meta \
                xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
                xmlns:dc="http://purl.org/dc/elements/1.1/">\
                <office:meta><dc:description>%s</dc:description></office:meta></office:document-meta>\
                """
                        .formatted(token(2)));
        return zip(Map.of(), "application/vnd.oasis.opendocument." + type, files);
    }

    /// A ZIP file that begins with a stored member `mimetype`.
    static byte[] zip(Map<String, byte[]> more, String type, Map<String, String> files) {
        return bytes(out -> {
            try (var zip = new ZipOutputStream(out)) {
                byte[] mime = type.getBytes(StandardCharsets.US_ASCII);
                if (mime.length > 0) {
                    var first = new ZipEntry("mimetype");
                    first.setMethod(ZipEntry.STORED);
                    first.setSize(mime.length);
                    var crc = new CRC32();
                    crc.update(mime);
                    first.setCrc(crc.getValue());
                    zip.putNextEntry(first);
                    zip.write(mime);
                }
                for (var file : files.entrySet()) {
                    zip.putNextEntry(new ZipEntry(file.getKey()));
                    zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                }
                for (var file : more.entrySet()) {
                    zip.putNextEntry(new ZipEntry(file.getKey()));
                    zip.write(file.getValue());
                }
            }
        });
    }

    /// A drawing with token 1, cut, on its page.
    static byte[] vsdx() {
        String token = token(1);
        String rels = "http://schemas.openxmlformats.org/package/2006/relationships";
        String visio = "http://schemas.microsoft.com/visio/2010/relationships/";
        String types = "application/vnd.ms-visio.";
        Map<String, String> files = new LinkedHashMap<>();
        files.put(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                        + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                        + ("<Override PartName=\"/visio/document.xml\" ContentType=\""
                                + types
                                + "drawing.main+xml\"/>")
                        + ("<Override PartName=\"/visio/pages/pages.xml\" ContentType=\""
                                + types
                                + "pages+xml\"/>")
                        + ("<Override PartName=\"/visio/pages/page1.xml\" ContentType=\""
                                + types
                                + "page+xml\"/></Types>"));
        files.put("_rels/.rels", relation(rels, visio + "document", "visio/document.xml"));
        files.put(
                "visio/document.xml",
                "<VisioDocument xmlns=\"http://schemas.microsoft.com/office/visio/2012/main\"><DocumentSettings/></VisioDocument>");
        files.put(
                "visio/_rels/document.xml.rels",
                relation(rels, visio + "pages", "pages/pages.xml"));
        files.put(
                "visio/pages/pages.xml",
                "<Pages xmlns=\"http://schemas.microsoft.com/office/visio/2012/main\""
                        + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
                        + "<Page ID=\"0\" NameU=\"Page-1\" Name=\"Page-1\"><PageSheet/><Rel r:id=\"r1\"/></Page></Pages>");
        files.put("visio/pages/_rels/pages.xml.rels", relation(rels, visio + "page", "page1.xml"));
        files.put(
                "visio/pages/page1.xml",
                "<PageContents xmlns=\"http://schemas.microsoft.com/office/visio/2012/main\"><Shapes><Shape ID=\"1\" Type=\"Shape\">"
                        + "<Cell N=\"PinX\" V=\"1\"/><Cell N=\"PinY\" V=\"1\"/><Cell N=\"LocPinX\" V=\"1\"/><Cell N=\"LocPinY\" V=\"1\"/><Cell N=\"Width\" V=\"1\"/><Cell N=\"Height\" V=\"1\"/><Cell N=\"Angle\" V=\"1\"/><Cell N=\"FlipX\" V=\"1\"/><Cell N=\"FlipY\" V=\"1\"/><Text>"
                        + token.substring(0, 30)
                        + "<cp IX=\"0\"/>"
                        + token.substring(30)
                        + "</Text></Shape></Shapes></PageContents>");
        return zip(Map.of(), "", files);
    }

    private static String relation(String namespace, String type, String target) {
        return "<Relationships xmlns=\"%s\"><Relationship Id=\"r1\" Type=\"%s\" Target=\"%s\"/></Relationships>"
                .formatted(namespace, type, target);
    }

    /// Token 1 plainly in its text, 2 in quoted-printable, 3 in base64, and an attachment in base64.
    static String mail(String name, byte[] attachment) {
        String quoted = ("t=" + token(2)).replace("=", "=3D");
        return """
        From: a@b.example
        To: c@d.example
        Subject: keys
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="x"

        --x
        Content-Type: text/plain; charset=utf-8

        Use %s
        --x
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        %s
        --x
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: base64

        %s
        --x
        Content-Type: application/octet-stream
        Content-Disposition: attachment; filename="%s"
        Content-Transfer-Encoding: base64

        %s
        --x--
        """
                .formatted(
                        token(1),
                        quoted.substring(0, 40) + "=\n" + quoted.substring(40),
                        Base64.getMimeEncoder(76, new byte[] {'\n'})
                                .encodeToString(
                                        ("<p>" + token(3) + "</p>")
                                                .getBytes(StandardCharsets.UTF_8)),
                        name,
                        Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(attachment));
    }

    static byte[] mbox(String... mails) {
        return bytes(out -> {
            for (String mail : mails) {
                out.write(
                        ("From a@b.example Thu Jan  1 00:00:00 2026\n" + mail + "\n")
                                .getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    static final List<String> NAMES =
            List.of(
                    "x.pdf",
                    "x.docx",
                    "x.xlsx",
                    "x.pptx",
                    "x.vsdx",
                    "x.doc",
                    "x.xls",
                    "x.ppt",
                    "x.msg",
                    "x.one",
                    "x.rtf",
                    "x.odt",
                    "x.ods",
                    "x.odp",
                    "x.eml",
                    "x.vsd",
                    "winmail.dat",
                    "x.chm",
                    "x.pst");

    /// A document of the kind that a file of this name is of.
    static byte[] of(String name) {
        return switch (name) {
            case "x.pdf" -> pdf();
            case "x.docx" -> docx();
            case "x.xlsx" -> workbook(new XSSFWorkbook());
            case "x.pptx" -> slides(new XMLSlideShow());
            case "x.vsdx" -> vsdx();
            case "x.doc" -> doc();
            case "x.xls" -> workbook(new HSSFWorkbook());
            case "x.ppt" -> slides(hslf());
            case "x.msg" -> msg();
            case "x.one" -> oneNote();
            case "x.rtf" -> rtf();
            case "x.odt" -> openDocument("text");
            case "x.ods" -> openDocument("spreadsheet");
            case "x.odp" -> openDocument("presentation");
            case "x.vsd" -> VisioSamples.vsd();
            case "winmail.dat" -> OutlookSamples.winmail();
            case "x.chm" -> ofCorpus("chmcmd.chm");
            case "x.pst" -> ofCorpus("mailbox.pst");
            case "x.eml" ->
                    mail("a.pdf", pdf(9, "n.txt", new byte[] {'x'}))
                            .getBytes(StandardCharsets.UTF_8);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /// One of the documents that other programs wrote; `corpus.txt` says what it holds.
    private static byte[] ofCorpus(String name) {
        byte[] document = members(read(resource("corpus.zip"))).get(name);
        if (document == null) {
            throw new IllegalArgumentException(name);
        }
        return document;
    }

    /// The same ZIP file with one more member.
    static byte[] with(byte[] zip, String name, byte[] content) {
        Map<String, byte[]> members = members(zip);
        members.put(name, content);
        return zip(members, "", Map.of());
    }

    /// The same ZIP file with another text in one of its members.
    static byte[] changed(byte[] zip, String name, String text) {
        Map<String, byte[]> members = members(zip);
        if (members.replace(name, text.getBytes(StandardCharsets.UTF_8)) == null) {
            throw new IllegalArgumentException("no " + name + " in " + members.keySet());
        }
        return zip(members, "", Map.of());
    }

    static Map<String, byte[]> members(byte[] zip) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                members.put(entry.getName(), in.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return members;
    }

    /// The same document behind a password ([MS-OFFCRYPTO]).
    static byte[] encrypted(byte[] document) {
        return bytes(out -> {
            try (var files = new POIFSFileSystem()) {
                Encryptor encryptor = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
                encryptor.confirmPassword("secret");
                try (OutputStream inner = encryptor.getDataStream(files)) {
                    inner.write(document);
                }
                files.writeFilesystem(out);
            }
        });
    }

    private static HSLFSlideShow hslf() {
        return new HSLFSlideShow();
    }

    static byte[] read(InputStream in) {
        try (in) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
