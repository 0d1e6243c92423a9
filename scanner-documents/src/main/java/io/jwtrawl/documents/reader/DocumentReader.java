package io.jwtrawl.documents.reader;

import io.jwtrawl.documents.protocol.DocumentKind;
import io.jwtrawl.documents.protocol.ItemKind;
import io.jwtrawl.documents.protocol.Outcome;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TemporaryResources;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.MAPI;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.Office;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.xml.sax.SAXException;

/// Reads one document after the other, with parsers that it keeps.
final class DocumentReader {

    private static final String PROPERTIES = "metadata";

    /// What Tika itself says of a document.
    private static final String OF_TIKA = "X-TIKA:";

    private final Parsers parsers = new Parsers();
    private final ItemWriter out;

    DocumentReader(ItemWriter out) {
        this.out = out;
    }

    Parser parser(DocumentKind kind) {
        return parsers.of(kind);
    }

    /// Reads a document, and says how that went.
    Outcome read(DocumentKind kind, SpooledDocument document, Scope scope) throws IOException {
        try {
            if (kind == DocumentKind.MAIL) {
                new MailReader(out, scope).read(document.open());
                return Outcome.COMPLETE;
            }
            try (var temporary = new TemporaryResources()) {
                TikaInputStream in = document.openForTika(temporary);
                read(parser(kind), in, new Metadata(), scope, kind.isZip());
            }
            return document.hasEnd(kind) ? Outcome.COMPLETE : Outcome.ENDS_EARLY;
        } catch (OutOfMemoryError e) {
            return Outcome.OUT_OF_MEMORY;
        } catch (TikaException | SAXException | IOException | RuntimeException | Error e) {
            return outcomeOf(e);
        }
    }

    static Outcome outcomeOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return Outcome.OUT_OF_MEMORY;
            }
            if (cause instanceof EncryptedDocumentException
                    || cause instanceof org.apache.poi.EncryptedDocumentException) {
                return Outcome.ENCRYPTED;
            }
            if (cause instanceof EOFException) {
                return Outcome.ENDS_EARLY;
            }
        }
        return Outcome.DAMAGED;
    }

    void read(Parser parser, InputStream in, Metadata metadata, Scope scope, boolean isZip)
            throws TikaException, SAXException, IOException {
        var text = new ShownText(out, scope);
        ParseContext context = parsers.context();
        context.set(EmbeddedDocumentExtractor.class, new EmbeddedItems(this, out, scope, isZip));
        try {
            parser.parse(in, text, metadata, context);
        } finally {
            text.flush();
            writeProperties(metadata, scope);
            writeTime(metadata, scope);
        }
    }

    /// When a message was sent.
    private void writeTime(Metadata metadata, Scope scope) throws IOException {
        String sent = metadata.get(Office.MAPI_MESSAGE_CLIENT_SUBMIT_TIME);
        if (sent == null
                && (metadata.get(Office.MAPI_MESSAGE_CLASS) != null
                        || metadata.get(MAPI.MESSAGE_CLASS_RAW) != null)) {
            sent = metadata.get(TikaCoreProperties.CREATED);
        }
        if (sent == null) {
            return;
        }
        try {
            out.sent(scope.names(), Instant.parse(sent).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            // Then its age is that of the file.
        }
    }

    /// Title, author, comments and whatever else is kept in fields.
    private void writeProperties(Metadata metadata, Scope scope) throws IOException {
        var lines = new StringBuilder();
        for (String name : metadata.names()) {
            if (!name.startsWith(OF_TIKA)) {
                for (String value : metadata.getValues(name)) {
                    lines.append(name).append(": ").append(value).append('\n');
                }
            }
        }
        if (!lines.isEmpty()) {
            try (Writer writer =
                    new OutputStreamWriter(
                            out.begin(ItemKind.TEXT, scope.with(PROPERTIES)),
                            StandardCharsets.UTF_8)) {
                writer.append(lines);
            }
        }
    }
}
