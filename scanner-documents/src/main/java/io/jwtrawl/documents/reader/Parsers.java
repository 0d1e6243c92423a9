package io.jwtrawl.documents.reader;

import io.jwtrawl.documents.protocol.DocumentKind;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Map;
import org.apache.tika.detect.Detector;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.parser.EmptyParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.microsoft.TNEFParser;
import org.apache.tika.parser.microsoft.chm.ChmParser;
import org.apache.tika.parser.microsoft.onenote.OneNoteParser;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.microsoft.pst.OutlookPSTParser;
import org.apache.tika.parser.microsoft.rtf.RTFParser;
import org.apache.tika.parser.odf.OpenDocumentParser;
import org.apache.tika.parser.pdf.PDFParser;
import org.apache.tika.parser.pdf.PDFParserConfig;
import org.jspecify.annotations.Nullable;

/// Tika's parsers, one for each kind of document, made once. Each is named here: none is looked for, so that none runs an
/// external program or sends anything anywhere.
final class Parsers {

    private final Map<DocumentKind, Parser> byKind = new EnumMap<>(DocumentKind.class);
    private final OfficeParserConfig office = office();
    private final PDFParserConfig pdf = pdf();

    Parser of(DocumentKind kind) {
        return byKind.computeIfAbsent(kind, Parsers::make);
    }

    private static Parser make(DocumentKind kind) {
        return switch (kind) {
            case PDF -> new PDFParser();
            case OLE -> new OfficeParser();
            case OOXML -> new OOXMLParser();
            case OPEN_DOCUMENT -> new OpenDocumentParser();
            case RTF -> new RTFParser();
            case CHM -> new ChmParser();
            case PST -> new OutlookPSTParser();
            case ONENOTE -> new OneNoteParser();
            case TNEF -> new TNEFParser();
            case MAIL -> throw new IllegalArgumentException("mail has a reader of its own");
        };
    }

    /// What parsers ask for while they read one document.
    ParseContext context() {
        var context = new ParseContext();
        context.set(OfficeParserConfig.class, office);
        context.set(PDFParserConfig.class, pdf);
        context.set(Parser.class, EmptyParser.INSTANCE);
        // Otherwise Tika loads its catalogue of all types, to tell what nobody asks for.
        context.set(Detector.class, Parsers::detectNothing);
        context.set(MimeTypes.class, new MimeTypes());
        return context;
    }

    private static MediaType detectNothing(@Nullable InputStream in, Metadata metadata) {
        if (in != null) {
            in.mark(1); // some parsers rely on it
        }
        return MediaType.OCTET_STREAM;
    }

    private static OfficeParserConfig office() {
        var config = new OfficeParserConfig();
        config.setExtractMacros(true);
        config.setIncludeDeletedContent(true);
        config.setIncludeMoveFromContent(true);
        config.setExtractExtendedMsgProperties(true);
        // In pieces as they are read, not as a tree of the whole document.
        config.setUseSAXDocxExtractor(true);
        config.setUseSAXPptxExtractor(true);
        return config;
    }

    private static PDFParserConfig pdf() {
        var config = new PDFParserConfig();
        config.setOcrStrategy(PDFParserConfig.OCR_STRATEGY.NO_OCR);
        config.setExtractAcroFormContent(true);
        config.setExtractAnnotationText(true);
        config.setExtractBookmarksText(true);
        config.setExtractActions(true);
        config.setExtractInlineImages(false);
        config.setExtractIncrementalUpdateInfo(false);
        return config;
    }
}
