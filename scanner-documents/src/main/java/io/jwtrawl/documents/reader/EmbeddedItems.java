package io.jwtrawl.documents.reader;

import com.pff.PSTMessage;
import io.jwtrawl.documents.protocol.DocumentKind;
import io.jwtrawl.documents.protocol.Outcome;
import java.io.IOException;
import java.io.InputStream;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.metadata.TikaCoreProperties.EmbeddedResourceType;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.microsoft.pst.PSTMailItemParser;
import org.jspecify.annotations.Nullable;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/// Takes what parsers find inside a document: files as they are, for the scan to open, and what has no bytes of its own,
/// such as a message in a mailbox, read here.
final class EmbeddedItems implements EmbeddedDocumentExtractor {

    private final DocumentReader reader;
    private final ItemWriter out;
    private final Scope scope;

    /// Whether files are left to whoever opens the ZIP file that the document is.
    private final boolean isZip;

    private int messages;
    private int files;

    EmbeddedItems(DocumentReader reader, ItemWriter out, Scope scope, boolean isZip) {
        this.reader = reader;
        this.out = out;
        this.scope = scope;
        this.isZip = isZip;
    }

    @Override
    public boolean shouldParseEmbedded(Metadata metadata) {
        return !isZip
                || EmbeddedResourceType.MACRO
                        .name()
                        .equals(metadata.get(TikaCoreProperties.EMBEDDED_RESOURCE_TYPE));
    }

    @Override
    public void parseEmbedded(
            InputStream in, ContentHandler handler, Metadata metadata, boolean isWrapped)
            throws SAXException, IOException {
        Object container = in instanceof TikaInputStream known ? known.getOpenContainer() : null;
        if (container instanceof PSTMessage) {
            read(new PSTMailItemParser(), in, metadata, "message " + ++messages);
        } else if (container instanceof DirectoryEntry) {
            read(reader.parser(DocumentKind.OLE), in, metadata, nameOf(metadata));
        } else {
            out.file(scope.with(nameOf(metadata)), in);
        }
    }

    private String nameOf(Metadata metadata) {
        files++;
        String name = lastName(metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY));
        return name == null || name.isBlank() ? "embedded " + files : name;
    }

    /// Names of files may have the folder before them in which they once lay.
    private static @Nullable String lastName(@Nullable String path) {
        return path == null
                ? null
                : path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    private void read(Parser parser, InputStream in, Metadata metadata, String name)
            throws SAXException, IOException {
        Scope inner = scope.inner(name);
        if (inner.depth() < 0) {
            out.leftOut(inner.names(), Outcome.TOO_DEEP);
            return;
        }
        try {
            reader.read(parser, in, metadata, inner, isZip);
        } catch (TikaException | RuntimeException e) {
            out.leftOut(inner.names(), DocumentReader.outcomeOf(e));
        }
    }
}
