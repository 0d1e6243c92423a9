#!/usr/bin/env python3
"""Makes corpus.zip: documents by the programs and libraries that people write them with, each with tokens in it.

    corpus.py WORK-FOLDER OUTPUT.zip tika-parser-microsoft-module-VERSION-tests.jar

Needs soffice (LibreOffice without a screen: libreoffice-writer-nogui and its likes), chmcmd (Free Pascal), and from PyPI
python-docx, openpyxl, python-pptx, reportlab, pypdf, ebooklib, odfpy and aspose-email-foss; the samples of Tika from Maven Central. The subject of a token says in
which place it was put; they are made up here, by a key that guards nothing.
"""

import base64, email.message, hashlib, hmac, json, mailbox, pathlib, shutil, subprocess, sys, zipfile


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(place):
    text = encode(b'{"alg":"HS256","typ":"JWT"}') + "." + encode(json.dumps({"sub": "corpus-" + place}).encode())
    return text + "." + encode(hmac.new(b"a key of nobody", text.encode(), hashlib.sha256).digest())


NAMESPACES = " ".join(
    'xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (short, name)
    for short, name in [("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style"),
                        ("fo", "xsl-fo-compatible"), ("presentation", "presentation"), ("meta", "meta"), ("svg", "svg-compatible")]
) + ' xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'


def flat(kind, body, styles=""):
    return """<?xml version="1.0" encoding="UTF-8"?>
<office:document %s office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.%s">
<office:meta><dc:title>keys</dc:title><dc:description>%s</dc:description></office:meta>
%s<office:body><office:%s>%s</office:%s></office:body></office:document>
""" % (NAMESPACES, kind, token("properties"), styles, kind, body, kind)


def comment(place):
    return "<office:annotation><dc:creator>me</dc:creator><text:p>%s</text:p></office:annotation>" % token(place)


def text_document():
    cut = token("cut")
    return flat("text", """
<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>me</dc:creator>
<dc:date>2026-01-01T00:00:00</dc:date></office:change-info><text:p>%s</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:h text:outline-level="1">Keys</text:h>
<text:p>Use %s for it.</text:p>
<text:p>Or %s<text:span text:style-name="B">%s</text:span>%s</text:p>
<text:p>See the note<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>
<text:p>%s</text:p></text:note-body></text:note> and comment%s here.</text:p>
<text:p><text:a xlink:type="simple" xlink:href="https://app.example/?t=%s">a link</text:a></text:p>
<text:p>removed<text:change text:change-id="c1"/></text:p>
<table:table table:name="T"><table:table-column/><table:table-row><table:table-cell><text:p>%s</text:p></table:table-cell></table:table-row></table:table>
""" % (token("deleted"), token("body"), cut[:30], cut[30:60], cut[60:], token("footnote"), comment("comment"), token("link"), token("cell")),
    """<office:automatic-styles><style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:page-layout style:name="L"><style:header-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L"><style:header><text:p>%s</text:p></style:header>
</style:master-page></office:master-styles>
""" % token("header"))


def spreadsheet():
    return flat("spreadsheet", """
<table:table table:name="One"><table:table-row><table:table-cell office:value-type="string"><text:p>nothing</text:p></table:table-cell></table:table-row></table:table>
<table:table table:name="Two"><table:table-row>
<table:table-cell office:value-type="string">%s<text:p>%s</text:p></table:table-cell>
<table:table-cell table:formula="of:=&quot;%s&quot;&amp;&quot;&quot;" office:value-type="string"><text:p>%s</text:p></table:table-cell>
</table:table-row></table:table>
""" % (comment("comment"), token("cell"), token("formula"), token("formula")))


def presentation():
    def box(place):
        return '<draw:frame svg:x="1cm" svg:y="1cm" svg:width="20cm" svg:height="5cm"><draw:text-box><text:p>%s</text:p></draw:text-box></draw:frame>' % place
    notes = '<presentation:notes><draw:frame presentation:class="notes" svg:x="1cm" svg:y="12cm" svg:width="15cm" svg:height="9cm"><draw:text-box><text:p>%s</text:p></draw:text-box></draw:frame></presentation:notes>' % token("notes")
    return flat("presentation", '<draw:page draw:name="a">%s</draw:page><draw:page draw:name="b">%s%s%s</draw:page>' % (
        box("nothing"), comment("comment"), box("Use " + token("slide")), notes))


def libre_office(work, out):
    for name, text, formats in [
        ("writer.fodt", text_document(), ["odt", "doc:MS Word 97", "docx", "rtf", "pdf", "epub"]),
        ("calc.fods", spreadsheet(), ["ods", "xls:MS Excel 97", "xlsx"]),
        ("impress.fodp", presentation(), ["odp", "ppt:MS PowerPoint 97", "pptx", "pdf"]),
    ]:
        source = work / name
        source.write_text(text)
        for target in formats:
            subprocess.run(["soffice", "-env:UserInstallation=file://%s/profile" % work, "--headless", "--convert-to", target,
                            "--outdir", str(out), str(source)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def python_docx(out):
    import docx
    document = docx.Document()
    document.core_properties.comments = token("properties")
    document.add_paragraph("Use " + token("body"))
    paragraph, cut = document.add_paragraph(), token("cut")
    for i in range(0, len(cut), 9):
        paragraph.add_run(cut[i:i + 9]).bold = i % 2 == 0
    document.add_table(1, 1).cell(0, 0).text = token("cell")
    document.sections[0].footer.paragraphs[0].text = token("footer")
    document.save(out / "python-docx.docx")


def python_openpyxl(out):
    import openpyxl
    from openpyxl.comments import Comment
    book = openpyxl.Workbook()
    book.active["A1"] = "nothing"
    sheet = book.create_sheet("Two")
    sheet["B2"] = token("cell")
    sheet["B3"].comment = Comment(token("comment"), "me")
    sheet["B4"] = "a link"
    sheet["B4"].hyperlink = "https://app.example/?t=" + token("link")
    hidden = book.create_sheet("Hidden")
    hidden["A1"] = token("hidden")
    hidden.sheet_state = "hidden"
    book.save(out / "openpyxl.xlsx")


def python_pptx(out):
    import pptx
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = token("slide")
    slide.notes_slide.notes_text_frame.text = token("notes")
    show.core_properties.keywords = token("properties")
    show.save(out / "python-pptx.pptx")


def python_pdf(out):
    from reportlab.pdfgen import canvas
    import pypdf
    from pypdf.actions import JavaScript
    from pypdf.annotations import Text
    drawing = canvas.Canvas(str(out / "reportlab.pdf"))
    drawing.setFont("Helvetica", 6)
    drawing.setSubject(token("properties"))
    drawing.drawString(20, 700, "Use " + token("body"))
    drawing.showPage()
    drawing.setFont("Helvetica", 6)
    drawing.linkURL("https://app.example/?t=" + token("link"), (20, 20, 90, 90))
    drawing.acroForm.textfield(name="secret", value=token("field"), maxlen=500, x=20, y=400, width=500)
    drawing.save()
    writer = pypdf.PdfWriter(clone_from=str(out / "reportlab.pdf"))
    writer.add_attachment("notes.txt", ("t=" + token("attachment")).encode())
    writer.add_annotation(0, Text(text=token("comment"), rect=(50, 550, 200, 650)))
    writer.add_open_action(JavaScript("var t='%s';" % token("script")))
    writer.compress_identical_objects()
    writer.write(out / "pypdf.pdf")


def python_epub(out):
    from ebooklib import epub
    book = epub.EpubBook()
    book.set_identifier("x")
    book.set_title("keys")
    chapter = epub.EpubHtml(title="One", file_name="one.xhtml")
    chapter.content = "<h1>One</h1><p>Use %s</p>" % token("body")
    book.add_item(chapter)
    book.spine = [chapter]
    book.add_item(epub.EpubNcx())
    epub.write_epub(str(out / "ebooklib.epub"), book)


def python_odf(out):
    from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
    from odf.table import Table, TableCell, TableRow
    from odf.text import P
    document = OpenDocumentText()
    document.text.addElement(P(text="Use " + token("body")))
    document.save(str(out / "odfpy.odt"))
    sheets = OpenDocumentSpreadsheet()
    table, row, cell = Table(name="One"), TableRow(), TableCell()
    cell.addElement(P(text=token("cell")))
    row.addElement(cell)
    table.addElement(row)
    sheets.spreadsheet.addElement(table)
    sheets.save(str(out / "odfpy.ods"))


def python_mail(out):
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@b.example", "c@d.example", "keys"
    message.set_content("Use %s\n" % token("body"), cte="base64")
    message.add_alternative("<p>Use %s</p>" % token("html"), subtype="html", cte="quoted-printable")
    message.add_attachment((out / "odfpy.odt").read_bytes(), maintype="application", subtype="octet-stream", filename="odfpy.odt")
    (out / "python.eml").write_bytes(message.as_bytes())
    box = mailbox.mbox(str(out / "python.mbox"))
    for _ in range(2):
        box.add(message)
    box.close()


def python_message(out):
    from aspose.email_foss import msg
    message = msg.MapiMessage.create("keys", "Use %s" % token("body"))
    message.add_recipient("alice@b.example", display_name="Alice")
    message.add_attachment("notes.txt", ("t=" + token("attachment")).encode(), mime_type="text/plain")
    message.save(out / "aspose.msg")


def help_file(work, out):
    """Compressed by LZX, as Microsoft's compiler does."""
    folder = work / "help"
    folder.mkdir()
    (folder / "index.html").write_text("<html><body>" + "<p>some words</p>" * 200 + "<p>Use %s</p></body></html>" % token("body"))
    (folder / "x.hhp").write_text("[OPTIONS]\nCompatibility=1.1 or later\nCompiled file=x.chm\nDefault topic=index.html\nLanguage=0x409\n"
                                  "Title=keys\n\n[FILES]\nindex.html\n")
    subprocess.run(["chmcmd", "x.hhp"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    shutil.copy(folder / "x.chm", out / "chmcmd.chm")


# What a byte of a mailbox stands for ([MS-PST] 5.1, the first of three permutations).
PLAIN = bytes.fromhex(
    "47f1b4e60b6a7248854e9eebe2f89453e0bba002e85a09abdbe3bac67cc310dd39059630f53760828cc9134a6b1df3fb8f2697ca911701c4322d6e3195ffd923"
    "d1005e79dc443b1a28c5615720903d83b943be67d2464276c06d5b7eb20f16293ca903540dda5ddff6b7c762cd8d06d3695c86d614f7a56675acb1e94521700c"
    "879f74a4224c6fbf1f56aa2eb3783350b0a392bccf191ca763cb1e4d3e4b1b9b4fe7f0eead3ab55904ea40552551e57a893868527bfc27aed7bdfa07f4cc8e5f"
    "ef359c842b15d5773449b6120a7f7188fd9d18417d93d8582ccefe24afdeb836c8a180a69998a82f0e816573e4c2a28ad4e111d0088b2af2ed9a643fc16cf9ec"
)


def outlook_mailbox(samples, out):
    """No free program writes these: a test document of Apache Tika (Apache License 2.0), with tokens in place of what the
    bodies of its messages quote."""
    with zipfile.ZipFile(samples) as archive:
        stored = archive.read("test-documents/testPST_variousBodyTypes.pst")
    plain = bytearray(stored.translate(PLAIN))
    quoted, at, number = "From: Allison, Timothy B. \r\nSent: Wednesday, August 30".encode("utf-16le"), -1, 0
    while (at := plain.find(quoted, at + 1)) >= 0:
        number += 1
        text = ("Use %s\r\n" % token("quoted%d" % number)).encode("utf-16le")
        plain[at:at + len(text)] = text
    stand_for = bytes(PLAIN.index(value) for value in range(256))
    (out / "mailbox.pst").write_bytes(bytes(plain).translate(stand_for))


def main(work, output, samples):
    work = pathlib.Path(work)
    shutil.rmtree(work, ignore_errors=True)
    out = work / "out"
    out.mkdir(parents=True)
    libre_office(work, out)
    for write in [python_docx, python_openpyxl, python_pptx, python_pdf, python_epub, python_odf, python_mail, python_message]:
        write(out)
    help_file(work, out)
    outlook_mailbox(samples, out)
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(out.iterdir()):
            archive.writestr(zipfile.ZipInfo(file.name, (2026, 1, 1, 0, 0, 0)), file.read_bytes(), zipfile.ZIP_DEFLATED)


main(*sys.argv[1:])
